// What came over the live connection and is not drawn yet, as one update. However long nothing is drawn (a hidden tab draws nothing at all), it
// holds no more than a board.
import { recentMax, type BoardUpdate, type PlacedHead, type Row } from './board';
import type { RecentEvent, SensorBoard } from '../api/contract';

export class Gathering {
  private readonly rows = new Map<number, Row>();
  private readonly heads = new Map<number, PlacedHead>();
  private recent: readonly RecentEvent[] = [];
  private sensors: SensorBoard | undefined;
  private last: BoardUpdate | undefined;

  add(update: BoardUpdate): void {
    this.last = update;
    update.rows.forEach((row) => this.rows.set(row[0] ?? -1, row));
    update.offices.forEach((head) => this.heads.set(head.place, head));
    this.recent = this.recent.length === 0 ? update.recent : [...update.recent, ...this.recent].slice(0, recentMax);
    this.sensors = update.sensors ?? this.sensors;
  }

  /** All of it; nothing is left. Undefined when nothing came. */
  take(): BoardUpdate | undefined {
    const taken = this.last && { ...this.last, rows: [...this.rows.values()], offices: [...this.heads.values()], recent: this.recent, ...(this.sensors && { sensors: this.sensors }) };
    this.rows.clear();
    this.heads.clear();
    this.recent = [];
    this.sensors = undefined;
    this.last = undefined;
    return taken;
  }
}
