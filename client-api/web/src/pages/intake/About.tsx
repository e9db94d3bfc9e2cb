import { get } from '../../api/client';
import { serviceOf } from '../../city/catalogue';
import { pageOf, numberOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal, moment as written } from '../../i18n/format';
import { named } from '../../i18n/language';
import { stages, word } from '../../i18n/words';
import { Failed, Loading } from '../../parts/states';
import type { Draft } from './draft';
import { t } from './texts';

const alikeMax = 8;

/** Beside the form: the terms of what is chosen, and open cases of the same kind at the same place. */
export function About({ draft: d }: { draft: Draft }) {
  const service = serviceOf(d.service);
  return (
    <>
      <section class="card" aria-labelledby="about">
        <div class="card-head"><h2 id="about">{service ? named(service) : t().about}</h2></div>
        <div class="card-body">
          {!service ? <p class="soft">{t().pick}</p> : (
            <dl class="facts">
              <dt>{t().limit}</dt><dd>{service.limit.sameDayUntil ? t().sameDay : t().days(decimal(service.limit.workingDays, (service.limit.workingDays ?? 0) % 1 ? 1 : 0))}</dd>
              {service.kind === 'dossier' && <><dt>{t().fee}</dt><dd>{service.feeVnd ? `${count(service.feeVnd)} ₫` : service.feeVnd === 0 ? t().free : '–'}</dd></>}
            </dl>
          )}
        </div>
      </section>
      {d.kind === 'feedback' && d.service && d.commune && <Alike service={d.service} commune={d.commune} />}
    </>
  );
}

function Alike({ service, commune }: { service: string; commune: string }) {
  const reading = useResource(`${service} ${commune}`, (signal) => get('/cases', { query: { service, commune, open: true, sort: '-filedAt', limit: alikeMax }, signal }), 10_000);
  const cases = reading.value?.items;
  return (
    <section class="card" aria-labelledby="alike">
      <div class="card-head"><h2 id="alike">{t().alike}</h2></div>
      <div class="card-body stack">
        {!cases ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={2} />) : cases.length === 0 ? <p class="soft">{t().alikeNone}</p> : (
          <>
            <p class="soft">{t().alikeBody}</p>
            <ul class="alike">{cases.map((c) => <li key={c.case}><a class="mono" href={pageOf(c.case)}>{numberOf(c.case)}</a><span>{word(stages(), c.stage)}</span><span class="soft">{written(c.filedAt, 'short')}</span></li>)}</ul>
          </>
        )}
      </div>
    </section>
  );
}
