import { useState } from 'preact/hooks';
import { go, place, withQuery } from '../../app/location';
import { Icon } from '../icon';
import { Follow } from './Follow';
import { joined, movedBy, type Found } from './found';
import { QueryBox } from './QueryBox';
import { QueryTools } from './QueryTools';
import { t } from './texts';

/** The condition of a list as the address has it. */
export function askedIn(param: string): string {
  return place.value.query.get(param) ?? '';
}

interface Props {
  readonly type: string;
  /** The member of the address that keeps the condition. */
  readonly param: string;
  readonly found: Found;
  /** What holds of all of the list. */
  readonly within?: string;
  /** What the list is called, where a page has several. */
  readonly label?: string;
}

const ask = (param: string, next: string) => go(withQuery({ [param]: next || undefined, ...(param === 'q' && !next && { follow: undefined }) }));

/** The line to ask a page's list in, with sharing, keeping and following. */
export function ListQuery({ type, param, found, within = '', label }: Props) {
  const q = askedIn(param);
  const isFollowing = q !== '' && place.value.query.get('follow') === 'true';
  return (
    <>
      <div class="query-bar">
        <QueryBox type={type} value={q} error={found.error} offset={movedBy(within)} {...(label && { label })} onAsk={(next) => ask(param, next)} />
        <QueryTools q={q} isFollowing={isFollowing} onFollow={(follow) => go(withQuery({ follow: follow ? 'true' : undefined }), { replace: true })} />
      </div>
      {isFollowing && <Follow type={type} q={joined(q, within)} onNews={found.reload} />}
    </>
  );
}

/** The same for one of several lists of a page, within its card: put away until it is wanted. */
export function CardQuery({ type, param, found, within = '', label }: Props & { readonly label: string }) {
  const q = askedIn(param);
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && q === '') {
    return <p class="card-query closed"><button type="button" class="link small" onClick={() => setOpen(true)}><Icon name="query" /> {t().filter(label)}</button></p>;
  }
  return <div class="card-query"><QueryBox type={type} value={q} error={found.error} offset={movedBy(within)} label={t().filter(label)} isWanted={isOpen} onAsk={(next) => { ask(param, next); setOpen(false); }} /></div>;
}
