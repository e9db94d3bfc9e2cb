import { useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { DeskLine, GetAnswer } from '../../api/contract';
import { isService, type BoardOffice, moment, readableBoard } from '../../city/board';
import { certainty, few } from '../../city/measures';
import { officeName, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal, share } from '../../i18n/format';
import { named } from '../../i18n/language';
import { words } from '../../i18n/words';
import { useFound, type Found } from '../../parts/query/found';
import { askedIn, CardQuery } from '../../parts/query/ListQuery';
import { t as queryTexts } from '../../parts/query/texts';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { Alerts } from './Alerts';
import { t } from './texts';

const shownMax = 12;

type Tab = 'offices' | 'desks' | 'alerts';

// What is asked about each list, and where the address keeps it. Alerts stand in their communes.
const kinds: Record<Tab, { asked: string; types: readonly string[]; param: string; by?: string }> = {
  offices: { asked: 'commune', types: ['commune', 'department'], param: 'worst' },
  desks: { asked: 'desk', types: ['desk'], param: 'desks' },
  alerts: { asked: 'sensor', types: ['sensor'], param: 'alerts', by: 'commune' },
};

/** Where it goes wrong: offices by what is overdue, desks by what waits for each official. */
export function Worst() {
  const asked = (['desks', 'alerts'] as const).find((name) => askedIn(kinds[name].param) !== '') ?? 'offices';
  const [tab, setTab] = useState<Tab>(asked);
  const { types, by, param } = kinds[tab];
  const found = useFound({ types, q: askedIn(param), at: moment.value, ...(by && { by }) });
  return (
    <section class="card worst" aria-labelledby="worst">
      <div class="card-head">
        <h2 id="worst">{t().worst}</h2>
        <span class="soft wide">{{ offices: t().byOverdue, desks: t().byWait, alerts: t().byLevel }[tab]}</span>
        <div class="end tabs" role="group" aria-label={t().worst}>
          {(['offices', 'desks', 'alerts'] as const).map((name) => <button key={name} aria-pressed={tab === name} onClick={() => setTab(name)}>{{ offices: t().communes, desks: t().desks, alerts: t().alerts }[name]}</button>)}
        </div>
      </div>
      <CardQuery key={tab} type={kinds[tab].asked} param={kinds[tab].param} found={found} label={{ offices: t().communes, desks: t().desks, alerts: t().alerts }[tab]} />
      <div class="scroll" tabIndex={0} role="group" aria-label={t().worst}>{tab === 'offices' ? <Offices fitting={found.rows} /> : tab === 'alerts' ? <Alerts fitting={found.rows} /> : moment.value ? <Empty title={t().desksNow} /> : <Desks fitting={found.rows} />}</div>
    </section>
  );
}

type Fitting = Found['rows'];

function Offices({ fitting }: { fitting: Fitting }) {
  const offices = [...(readableBoard.value?.offices.values() ?? [])].filter((o) => isService(o) && (fitting ? fitting.has(o.profile.id) : o.figures.open > 0)).sort(worse).slice(0, shownMax);
  if (offices.length === 0 && fitting) {
    return <Empty title={queryTexts().noFit} />;
  }
  if (offices.length === 0) {
    return <Empty title={t().allWell}><p>{t().allWellBody}</p></Empty>;
  }
  return (
    <table class="list">
      <thead><tr><th scope="col">{words().office}</th><th scope="col" class="num">{words().overdue}</th><th scope="col" class="num">{words().open}</th><th scope="col" class="num">{words().onTime}</th></tr></thead>
      <tbody>
        {offices.map((o) => (
          <tr key={o.profile.id}>
            <td><a href={pageOf(o.profile.id, moment.value)}>{named(o.profile)}</a></td>
            <td class={`num ${o.figures.overdue > 0 ? 'bad' : ''}`}>{count(o.figures.overdue)}</td>
            <td class="num">{count(o.figures.open)}</td>
            <td class="num"><OnTime office={o} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A share on few results is marked, and says in its tip how far it may be off. */
export function OnTime({ office }: { office: BoardOffice }) {
  const f = office.figures;
  const results = f.resolved + f.rejected;
  const isFew = results > 0 && results < few;
  return <span class={isFew ? 'soft' : ''} title={results > 0 ? certainty(f.onTime, results) : undefined}>{isFew ? '≈ ' : ''}{share(f.onTimeShare, 0)}</span>;
}

function worse(a: BoardOffice, b: BoardOffice): number {
  return b.figures.overdue - a.figures.overdue || b.figures.open - a.figures.open;
}

async function readDesks(signal: AbortSignal): Promise<DeskLine[]> {
  const desks: DeskLine[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: GetAnswer<'/desks'> = await get('/desks', { query: { limit: 500, ...(cursor && { cursor }) }, signal });
    desks.push(...page.items);
    cursor = page.next ?? undefined;
  }
  return desks;
}

function Desks({ fitting }: { fitting: Fitting }) {
  const reading = useResource('desks', readDesks, 4000);
  if (!reading.value) {
    return reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />;
  }
  const perOfficial = (d: DeskLine) => d.queued / Math.max(1, d.officials);
  const desks = reading.value.filter((d) => (fitting ? fitting.has(d.desk) : !d.closed && d.queued > 0)).sort((a, b) => perOfficial(b) - perOfficial(a)).slice(0, shownMax);
  return (
    <>
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      {desks.length === 0 ? <Empty title={fitting ? queryTexts().noFit : t().noDesks} /> : (
        <table class="list">
          <thead><tr><th scope="col">{words().desk}</th><th scope="col" class="num">{words().queued}</th><th scope="col" class="num">{t().perOfficial}</th></tr></thead>
          <tbody>
            {desks.map((d) => (
              <tr key={d.desk}>
                <td><a href={pageOf(d.desk)}>{named(d)}</a><small>{officeName(d.office)}</small></td>
                <td class="num">{count(d.queued)}</td>
                <td class="num">{decimal(perOfficial(d), 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
