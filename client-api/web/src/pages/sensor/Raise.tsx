import { useMemo, useState } from 'preact/hooks';
import { post } from '../../api/client';
import type { SensorReading, Urgency } from '../../api/contract';
import { explain } from '../../i18n/refusals';
import { urgencies } from '../../i18n/words';
import { Dialog } from '../../parts/dialog';
import { t } from './texts';

/** The category under which incidents of a kind of sensor are filed; docs/model/sensor.md has the table. */
const categories: Record<SensorReading['kind'], string> = {
  water: 'flood-storm', rain: 'flood-storm', air: 'waste-environment', noise: 'noise', traffic: 'traffic-parking', light: 'street-lighting', link: 'utilities', security: 'security',
};

export interface Raised {
  readonly id: string;
  readonly hasJoined: boolean;
}

/** Raises an alert by hand: what an operator sees, before or instead of the instrument, becomes a case where the sensor stands. */
export function Raise({ of: s, onDone, onClose }: { of: SensorReading; onDone: (raised: Raised) => void; onClose: () => void }) {
  const [text, setText] = useState('');
  const [urgency, setUrgency] = useState<Urgency>('high');
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const once = useMemo(() => crypto.randomUUID(), []);
  const send = async () => {
    setSending(true);
    try {
      const answer = await post('/cases', {
        kind: 'feedback', service: categories[s.kind], commune: s.commune, channel: 'sensor', description: `${s.name}: ${text.trim()}`, urgency, ...(s.place && { place: s.place, group: true }),
      }, { idempotencyKey: once });
      onDone({ id: answer.case.id, hasJoined: answer.status === 'followed' });
    } catch (reason) {
      setError(reason);
      setSending(false);
    }
  };
  return (
    <Dialog title={t().raiseTitle} onClose={onClose}>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); void send(); }}>
        <p class="soft">{t().raiseBody}</p>
        <label class="field"><span>{t().what}</span><textarea required maxLength={3000} value={text} onInput={(e) => setText(e.currentTarget.value)} /></label>
        <label class="field"><span>{t().urgency}</span><select value={urgency} onChange={(e) => setUrgency(e.currentTarget.value as Urgency)}>{(['normal', 'high', 'immediate'] as const).map((u) => <option key={u} value={u}>{urgencies()[u]}</option>)}</select></label>
        {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
        <div class="actions end"><button type="button" class="button" onClick={onClose}>{t().cancel}</button><button class="button primary" disabled={isSending}>{t().raise}</button></div>
      </form>
    </Dialog>
  );
}
