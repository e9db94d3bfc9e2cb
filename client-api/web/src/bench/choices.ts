// The words that scenario members take, and days of the week.
import { texts } from '../i18n/language';

export const choiceNames = texts(
  { commune: 'Xã, phường', city: 'Sở, ngành', 'deadline-first': 'Đến hạn sớm nhất', fifo: 'Đến trước', hold: 'Giữ, mai làm tiếp', finish: 'Ở lại làm xong', 'hand-over': 'Bàn giao người khác', immediate: 'Ngay lập tức', overnight: 'Qua đêm', normal: 'Thường', high: 'Cao' },
  { commune: 'Communes', city: 'Departments', 'deadline-first': 'Earliest deadline', fifo: 'First come', hold: 'Hold until tomorrow', finish: 'Stay and finish', 'hand-over': 'Hand over', immediate: 'At once', overnight: 'Overnight', normal: 'Normal', high: 'High' },
  { commune: 'Communes', city: 'Directions', 'deadline-first': 'Échéance proche', fifo: 'Premier arrivé', hold: 'Garder pour demain', finish: 'Rester et finir', 'hand-over': 'Passer à un autre', immediate: 'Immédiat', overnight: 'Dans la nuit', normal: 'Normale', high: 'Élevée' },
);

/** The word for a choice, or the scenario's own. */
export function choiceName(word: string): string {
  return (choiceNames() as Record<string, string | undefined>)[word] ?? word;
}
