import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { Query, QueryReading } from '../../api/contract';
import { go, place, withQuery } from '../../app/location';
import { moment } from '../../city/board';
import { useResource } from '../../city/resource';
import { count, moment as written } from '../../i18n/format';
import { Follow } from '../../parts/query/Follow';
import { attributesOf, readSchema, schema } from '../../parts/query/knowledge';
import { mistakeOf, QueryBox } from '../../parts/query/QueryBox';
import { QueryTools } from '../../parts/query/QueryTools';
import { PastNote } from '../../parts/PastNote';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { Reference } from './Reference';
import { Rows } from './Rows';
import { examples, t, usual } from './texts';
import './query-page.css';

const page = 100;
const everyMs = 5000;
const types = ['case', 'desk', 'commune', 'department', 'sensor', 'official', 'citizen'];

/** The query that the address names; undefined while nothing is asked. */
function asked(): (Query<'/query'> & { q?: string | undefined }) | undefined {
  const query = place.value.query;
  if (query.size === 0 || !(query.has('q') || query.has('type') || query.has('groupBy'))) {
    return undefined;
  }
  const type = query.get('type') ?? 'case';
  const given = Object.fromEntries(['q', 'groupBy', 'aggregate', 'orderBy', 'select', 'at'].flatMap((n) => (query.get(n) ? [[n, query.get(n)!]] : [])));
  const isGrouped = Boolean(given['groupBy'] ?? given['aggregate']);
  return { type, ...(!isGrouped && !given['select'] && usual[type] && { select: usual[type] }), ...given, limit: page } as unknown as Query<'/query'>;
}

/** Any question to the living city; the address is the question. */
export default function QueryPage() {
  const query = asked();
  const isGrouped = Boolean(query?.groupBy ?? query?.aggregate);
  const type = (query?.type ?? place.value.query.get('type') ?? 'case') as string;
  const q = (query?.q ?? '') as string;
  const isFollowing = place.value.query.get('follow') === 'true' && !isGrouped;
  useEffect(readSchema, []);
  const name = JSON.stringify(query ?? null);
  const reading = useResource(name, (signal) => (query ? get('/query', { query, signal }) : Promise.resolve(undefined)), query && moment.value === null ? everyMs : 0);
  return (
    <div class="page">
      <div class="page-head"><div><h1>{t().title}</h1><p>{t().intro}</p></div></div>
      <PastNote />
      <div class="query-bar">
        <select class="select-small ask-type" aria-label={t().type} value={type} onChange={(e) => go(`/query?type=${e.currentTarget.value}`)}>
          {types.map((k) => <option key={k} value={k}>{t().typeOf(k)}</option>)}
        </select>
        <QueryBox type={type} value={q} error={reading.error} onAsk={(next) => go(withQuery({ type, q: next || undefined }))} />
        <QueryTools q={q} isFollowing={isFollowing} {...(!isGrouped && { onFollow: (follow: boolean) => go(withQuery({ follow: follow ? 'true' : undefined }), { replace: true }) })} />
      </div>
      <More key={type} type={type} />
      <p class="examples"><span class="soft">{t().examples}</span>{examples.map((e) => <button key={e.q} title={t().typeOf(e.type)} onClick={() => go(`/query?${new URLSearchParams(Object.entries(e) as [string, string][])}`)}>{e.type}: {e.q}</button>)}</p>
      {isFollowing && q !== '' && <Follow type={type} q={q} onNews={reading.reload} />}
      {query && <section class="card">
        {reading.error !== undefined && reading.value && <Old error={reading.error} retry={reading.reload} />}
        {!reading.value ? (reading.error ? (mistakeOf(reading.error) ? <Empty title={t().wrong} /> : <Failed error={reading.error} retry={reading.reload} />) : <Loading lines={8} />)
          : <Answer key={name} first={reading.value} query={query} />}
      </section>}
      {q === '' && !isGrouped && <Reference type={type} onUse={(attribute) => go(withQuery({ type, q: attribute }))} />}
    </div>
  );
}

function Answer({ first, query }: { first: QueryReading; query: Query<'/query'> }) {
  const [more, setMore] = useState<QueryReading>();
  const [error, setError] = useState<unknown>();
  const shown = more ? { ...first, items: [...first.items, ...more.items] } : first;
  const next = more ? more.next : first.next;
  const read = () => {
    get('/query', { query: { ...query, cursor: next! } as Query<'/query'> }).then((a) => { setMore({ ...a, items: [...(more?.items ?? []), ...a.items] }); setError(undefined); }, setError);
  };
  if (first.items.length === 0) {
    return <Empty title={t().none} />;
  }
  const json = `/query?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`;
  return (
    <>
      <Rows answer={shown} at={moment.value} />
      {error !== undefined && <Failed error={error} retry={read} />}
      <div class="card-foot actions">
        <span>{t().rows(count(shown.items.length))} {t().position(count(first.position), written(first.now, 'clock'))}</span>
        {next && <button class="button small" onClick={read}>{t().next}</button>}
        <code class="wide soft">GET {json.length > 120 ? `${json.slice(0, 117)}…` : json}</code>
      </div>
    </>
  );
}

const parts = ['groupBy', 'aggregate', 'orderBy', 'select'] as const;

/** Grouping, figures and order; kept in the address like the condition. */
function More({ type }: { type: string }) {
  const query = place.value.query;
  const isUsed = parts.some((p) => query.get(p));
  const names = schema.value ? attributesOf(type).map((a) => a.name) : [];
  const offered = { groupBy: [...names, 'day(filedAt)', 'hour(filedAt)'], aggregate: ['count', 'onTimeShare', ...names.map((n) => `mean(${n})`), ...names.map((n) => `p90(${n})`)], orderBy: [...names, ...names.map((n) => `!${n}`), '!count'], select: names };
  return (
    <details class="ask" open={isUsed}>
      <summary>{t().more}</summary>
      <div class="ask-more">
        {parts.map((p) => (
          <label key={p} class="field"><span>{p === 'select' ? t().columns : t()[p]}</span>
            <input class="mono" list={`ask-${p}`} value={query.get(p) ?? ''} onChange={(e) => go(withQuery({ type, [p]: e.currentTarget.value.trim() || undefined }))} /><small>{t().hint}</small>
            <datalist id={`ask-${p}`}>{offered[p].map((n) => <option key={n} value={n} />)}</datalist>
          </label>
        ))}
      </div>
    </details>
  );
}
