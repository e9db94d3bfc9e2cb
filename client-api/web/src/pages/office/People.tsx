import { get } from '../../api/client';
import type { Figures } from '../../api/contract';
import { moment } from '../../city/board';
import { officialPlace, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal, none, share } from '../../i18n/format';
import { conditionOf, conditionTones, kindUnits, reading as measured, sensorKinds } from '../../i18n/sensing';
import { words } from '../../i18n/words';
import { joined, useFound } from '../../parts/query/found';
import { askedIn, CardQuery } from '../../parts/query/ListQuery';
import { mistakeOf } from '../../parts/query/QueryBox';
import { t as queryTexts } from '../../parts/query/texts';
import { Empty, Failed, Loading } from '../../parts/states';
import { t } from './texts';

const listed = 10;
const few = 20;

/** Who works here, by number: what they have done, how much of it in time, how citizens rated it. */
export function Officials({ id }: { id: string }) {
  const at = moment.value;
  const q = askedIn('officials');
  const within = `office==${id}`;
  const query = { type: 'official', q: q === '' ? within : joined(q, within), orderBy: '!handled', limit: 200, ...(at && { at }) } as const;
  const reading = useResource(`officials ${id} ${at ?? ''} ${q}`, (signal) => get('/query', { query, signal }), at ? 0 : 10_000);
  const rows = reading.value?.items ?? [];
  const number = (v: unknown) => (typeof v === 'number' ? v : null);
  return (
    <section class="card" aria-labelledby="officials">
      <div class="card-head"><h2 id="officials">{t().officials}</h2></div>
      <CardQuery type="official" param="officials" found={{ rows: undefined, error: reading.error, isReading: reading.isLoading, reload: reading.reload }} within={within} label={t().officials} />
      {!reading.value ? (reading.error ? (mistakeOf(reading.error) ? <Empty title={queryTexts().noFit} /> : <Failed error={reading.error} retry={reading.reload} />) : <Loading />) : rows.length === 0 ? <Empty title={q === '' ? t().noOfficials : queryTexts().noFit} /> : (
        <div class="table-scroll">
          <table class="list">
            <thead><tr><th scope="col">{t().place}</th><th scope="col" class="num">{t().handled}</th><th scope="col" class="num">{words().onTime}</th><th scope="col" class="num wide">{t().worked}</th><th scope="col" class="num">{words().rating}</th></tr></thead>
            <tbody>
              {rows.slice(0, listed).map((r) => {
                const handled = number(r['handled']) ?? 0;
                return (
                  <tr key={String(r['id'])}>
                    <td>{words().officialOf(officialPlace(String(r['id'])))}<small>{r['desk'] ? <a href={pageOf(String(r['desk']), at)}>{words().deskOf(String(Number(String(r['desk']).slice(5)) % 100))}</a> : null}</small></td>
                    <td class="num">{count(handled)}</td>
                    <td class="num">{handled > 0 && handled < few ? '≈ ' : ''}{share(number(r['onTimeShare']), 0)}</td>
                    <td class="num wide">{t().hours(decimal((number(r['worked']) ?? 0) / 60, 1))}</td>
                    <td class="num">{decimal(number(r['rating']), 1)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {rows.length > listed && <p class="card-foot">{t().more(count(rows.length - listed))}</p>}
        </div>
      )}
    </section>
  );
}

/** How the office does by what offices are assessed by, as far as its own cases tell. */
export function Indicators({ of: f, id }: { of: Figures; id: string }) {
  const quality = useResource('quality', (signal) => get('/quality', { signal }), 30_000).value?.offices.find((q) => q.office === id);
  const results = f.resolved + f.rejected;
  const online = f.byChannel.onlinePortal + f.byChannel.nationalPortal + f.byChannel.app;
  const rows: { label: string; part: number; whole: number }[] = [
    { label: words().onTime, part: f.onTime, whole: results },
    { label: t().online, part: online, whole: f.filed },
    { label: t().reuse, part: f.documentsReused, whole: f.documentsNeeded },
    { label: t().reopened, part: f.reopened, whole: results },
    { label: t().escalated, part: f.escalatedOut, whole: f.filed },
  ];
  return (
    <section class="card" aria-labelledby="indicators">
      <div class="card-head"><h2 id="indicators">{t().indicators}</h2></div>
      <div class="card-body">
        <dl class="bars">
          {rows.map((r) => (
            <div key={r.label}>
              <dt>{r.label}</dt>
              <dd><span class="bar-track" aria-hidden="true"><span style={{ width: `${r.whole > 0 ? (100 * r.part) / r.whole : 0}%` }} /></span><b>{r.whole > 0 ? share(r.part / r.whole, 0) : none}</b><small class="soft">{t().of(count(r.part), count(r.whole))}</small></dd>
            </div>
          ))}
        </dl>
        <dl class="facts numbers">
          <dt>{t().satisfaction}</dt><dd>{decimal(f.ratingMean, 2)}</dd>
          <dt>{t().days}</dt><dd>{decimal(f.workingDaysMean, 2)}</dd>
          {quality && <><dt>{t().quality}</dt><dd>{(['correct', 'sufficient', 'clean', 'live', 'unified', 'shared'] as const).map((w) => <span key={w} class="quality">{t()[w]} <b>{share(quality[w], 0)}</b></span>)}</dd></>}
        </dl>
      </div>
    </section>
  );
}

/** The sensors that stand in the commune. */
export function CommuneSensors({ id }: { id: string }) {
  const at = moment.value;
  const reading = useResource(`sensors ${id} ${at ?? ''}`, (signal) => get('/sensors', { query: { commune: id, limit: 100, ...(at && { at }) }, signal }), at ? 0 : 5000);
  const within = `commune==${id}`;
  const found = useFound({ types: ['sensor'], q: askedIn('sensors'), within, at });
  const standing = reading.value?.items ?? [];
  const sensors = found.rows ? standing.filter((s) => found.rows!.has(s.id)) : standing;
  return (
    <section class="card" aria-labelledby="sensors">
      <div class="card-head"><h2 id="sensors">{t().sensors}</h2></div>
      {standing.length > 0 && <CardQuery type="sensor" param="sensors" found={found} within={within} label={t().sensors} />}
      {!reading.value ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={2} />) : standing.length === 0 ? <p class="card-body soft">{t().noSensors}</p> : sensors.length === 0 ? <Empty title={queryTexts().noFit} /> : (
        <table class="list">
          <tbody>
            {sensors.map((s) => (
              <tr key={s.id}>
                <td><a href={pageOf(s.id, at)}>{s.name}</a><small>{sensorKinds()[s.kind]}</small></td>
                <td><span class={`chip ${conditionTones[s.state]}`}>{conditionOf(s.state, s.level)}</span></td>
                <td class="num">{measured(s.value, kindUnits[s.kind] ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
