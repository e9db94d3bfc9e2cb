import type { RuntimeReading } from '../../api/contract';
import { moment as written, bytes, count, decimal, share } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { isOffice, officeName, officialPlace, pageOf, placeOfDesk } from '../../city/names';
import { words } from '../../i18n/words';
import { Empty } from '../../parts/states';

const kinds = (all: Record<string, string>) => (k: string) => all[k] ?? k;

const t = texts(
  {
    active: 'Bản sao trong bộ nhớ, theo loại', kindOf: kinds({ city: 'Thành phố', commune: 'Xã, phường', department: 'Sở, ngành', desk: 'Quầy', case: 'Hồ sơ', sensor: 'Cảm biến', citizen: 'Công dân', official: 'Cán bộ' }), onNode: 'Ở cụm máy, xem Orleans Dashboard.',
    busiest: 'Bản sao bận nhất', sampled: (n: string) => `từ mẫu ${n} lượt gần đây, 1 trên 32`, twin: 'Bản sao', share: 'Tỷ lệ lượt', sure: (p: string) => `cao hơn thật nhiều nhất ${p}`, turns: 'Lượt chậm nhất theo lệnh', command: 'Lệnh', median: 'Trung vị', p99: '99%', under: (v: string) => `≤ ${v} µs`,
    slowest: 'Yêu cầu chậm nhất trong mười phút', took: 'Mất', ago: 'Trước', to: 'Tới', noSlow: 'Chưa có yêu cầu từ bên ngoài', noSlowBody: 'Đo từ lúc nhận lệnh tới khi đã ghi bền; lệnh của mô phỏng không tính.', stopped: 'Bản sao bị dừng', noStopped: 'Không có bản sao nào bị dừng.', reason: 'Lý do', seconds: (n: string) => `${n} giây`, quiet: 'Chưa có lượt nào',
  },
  {
    active: 'Twins in memory, by kind', kindOf: kinds({ city: 'City', commune: 'Communes', department: 'Departments', desk: 'Desks', case: 'Cases', sensor: 'Sensors', citizen: 'Citizens', official: 'Officials' }), onNode: 'On a cluster the Orleans Dashboard has them.',
    busiest: 'Busiest twins', sampled: (n: string) => `from ${n} sampled turns, one in 32, old ones fading`, twin: 'Twin', share: 'Share of turns', sure: (p: string) => `too high by at most ${p}`, turns: 'Slowest turns by command', command: 'Command', median: 'Median', p99: '99%', under: (v: string) => `≤ ${v} µs`,
    slowest: 'Slowest requests of ten minutes', took: 'Took', ago: 'Ago', to: 'To', noSlow: 'No request from outside yet', noSlowBody: 'From acceptance to durable reply; the feed’s commands are not counted.', stopped: 'Stopped twins', noStopped: 'No twin was stopped.', reason: 'Reason', seconds: (n: string) => `${n} s`, quiet: 'No turn yet',
  },
  {
    active: 'Jumeaux en mémoire, par type', kindOf: kinds({ city: 'Ville', commune: 'Communes', department: 'Directions', desk: 'Guichets', case: 'Dossiers', sensor: 'Capteurs', citizen: 'Usagers', official: 'Agents' }), onNode: 'Sur une grappe, voir l’Orleans Dashboard.',
    busiest: 'Jumeaux les plus actifs', sampled: (n: string) => `sur ${n} tours échantillonnés, un sur 32, les anciens s’effacent`, twin: 'Jumeau', share: 'Part des tours', sure: (p: string) => `surestimée d’au plus ${p}`, turns: 'Tours les plus lents par ordre', command: 'Ordre', median: 'Médiane', p99: '99 %', under: (v: string) => `≤ ${v} µs`,
    slowest: 'Requêtes les plus lentes en dix minutes', took: 'Durée', ago: 'Il y a', to: 'Pour', noSlow: 'Aucune requête de l’extérieur', noSlowBody: 'De la réception à la réponse durable ; sans les ordres de la simulation.', stopped: 'Jumeaux arrêtés', noStopped: 'Aucun jumeau n’a été arrêté.', reason: 'Motif', seconds: (n: string) => `${n} s`, quiet: 'Aucun tour encore',
  },
);

const shownMax = 10;

/** What the counters cannot say: who is in memory, who keeps the turn thread busy, what took long, what was stopped. */
export function Inside({ of: r }: { of: RuntimeReading }) {
  return (
    <>
      <div class="columns even">
        <Active of={r} />
        <Busiest of={r} />
      </div>
      <div class="columns even">
        <Slowest of={r} />
        <div class="column"><Turns of={r} /><Stopped of={r} /></div>
      </div>
    </>
  );
}

export function journalSize(r: RuntimeReading | undefined): string {
  return r?.journalBytes ? bytes(r.journalBytes) : '';
}

function Active({ of: r }: { of: RuntimeReading }) {
  const top = Math.max(1, ...r.active.map((k) => k.twins));
  return (
    <section class="card" aria-labelledby="active">
      <div class="card-head"><h2 id="active">{t().active}</h2></div>
      {r.active.length === 0 ? <p class="card-body soft">{t().onNode}</p> : (
        <table class="list">
          <tbody>{r.active.map((k) => <tr key={k.kind}><th scope="row">{t().kindOf(k.kind)}</th><td><span class="kind-bar" aria-hidden="true" style={{ width: `${(100 * k.twins) / top}%` }} /></td><td class="num">{count(k.twins)}</td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}

function nameOf(twin: string): string {
  const [kind, number = ''] = twin.split('/');
  const at = (office: number) => (isOffice(`commune/${office}`) ? officeName(`commune/${office}`) : officeName(`department/${office}`));
  switch (kind) {
    case 'commune': case 'department': return officeName(twin);
    case 'desk': return `${words().deskOf(placeOfDesk(twin))}, ${at(Math.floor(Number(number) / 100))}`;
    case 'official': return `${words().officialOf(officialPlace(twin))}, ${at(Math.floor(Number(number) / 1000))}`;
    default: return number;
  }
}

function Twin({ id }: { id: string }) {
  const kind = id.slice(0, id.indexOf('/'));
  const hasPage = ['case', 'desk', 'commune', 'department', 'sensor'].includes(kind);
  return <>{hasPage ? <a href={pageOf(id)}>{nameOf(id)}</a> : <span>{nameOf(id)}</span>}<small>{t().kindOf(kind)}</small></>;
}

function Busiest({ of: r }: { of: RuntimeReading }) {
  const top = r.busiest[0]?.share ?? 1;
  return (
    <section class="card" aria-labelledby="busiest">
      <div class="card-head"><h2 id="busiest">{t().busiest}</h2><span class="soft">{t().sampled(count(r.sampledTurns))}</span></div>
      {r.busiest.length === 0 ? <Empty title={t().quiet} /> : (
        <table class="list">
          <thead><tr><th scope="col">{t().twin}</th><th scope="col" colSpan={2} class="num">{t().share}</th></tr></thead>
          <tbody>{r.busiest.slice(0, shownMax).map((b) => <tr key={b.twin}><td><Twin id={b.twin} /></td><td><span class="kind-bar" aria-hidden="true" style={{ width: `${(100 * b.share) / top}%` }} /></td><td class="num" title={t().sure(share(b.shareError, 2))}>{share(b.share, 2)}{b.shareError > b.share / 4 && <span class="soft"> ≈</span>}</td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}

function Turns({ of: r }: { of: RuntimeReading }) {
  return (
    <section class="card" aria-labelledby="turns">
      <div class="card-head"><h2 id="turns">{t().turns}</h2></div>
      {r.turns.length === 0 ? <Empty title={t().quiet} /> : (
        <div class="table-scroll"><table class="list">
          <thead><tr><th scope="col">{t().command}</th><th scope="col" class="num">{t().share}</th><th scope="col" class="num">{t().median}</th><th scope="col" class="num">{t().p99}</th></tr></thead>
          <tbody>{r.turns.slice(0, shownMax).map((c) => <tr key={c.command}><td class="mono">{c.command}</td><td class="num">{share(c.share, 1)}</td><td class="num">{micros(c.medianMicroseconds)}</td><td class="num">{micros(c.p99Microseconds)}</td></tr>)}</tbody>
        </table></div>
      )}
    </section>
  );
}

function micros(v: number): string {
  return t().under(decimal(v, v < 10 ? 1 : 0));
}

function Slowest({ of: r }: { of: RuntimeReading }) {
  return (
    <section class="card" aria-labelledby="slowest">
      <div class="card-head"><h2 id="slowest">{t().slowest}</h2></div>
      {r.slowest.length === 0 ? <Empty title={t().noSlow}><p>{t().noSlowBody}</p></Empty> : (
        <div class="table-scroll"><table class="list">
          <thead><tr><th scope="col">{t().command}</th><th scope="col">{t().to}</th><th scope="col" class="num">{t().took}</th><th scope="col" class="num wide">{t().ago}</th></tr></thead>
          <tbody>{r.slowest.slice(0, shownMax * 2).map((c, i) => <tr key={i}><td class="mono">{c.command}</td><td><Twin id={c.twin} /></td><td class="num">{decimal(c.milliseconds, 1)} ms</td><td class="num wide">{t().seconds(count(c.secondsAgo))}</td></tr>)}</tbody>
        </table></div>
      )}
    </section>
  );
}

function Stopped({ of: r }: { of: RuntimeReading }) {
  return (
    <section class="card" aria-labelledby="stopped">
      <div class="card-head"><h2 id="stopped">{t().stopped}</h2><span class="soft">{written(r.now, 'clock')}</span></div>
      {r.stopped.length === 0 ? <p class="card-body soft">{t().noStopped}</p> : (
        <table class="list"><tbody>{r.stopped.map((s, i) => <tr key={i}><td><Twin id={s.twin} /></td><td class="mono bad">{s.reason}</td></tr>)}</tbody></table>
      )}
    </section>
  );
}
