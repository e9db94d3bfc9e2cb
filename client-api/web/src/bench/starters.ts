// Questions to begin with. Those of the city that is served use only names that every city has.
import { cityDate } from '../i18n/format';
import { language, texts } from '../i18n/language';
import { cityNow } from '../city/clock';

const t = texts(
  {
    officers: 'Thêm một cán bộ ở mỗi quầy đất đai?', officersNote: 'Từ trạng thái hiện tại, 8 tuần tới.', absence: 'Nếu một phần ba cán bộ vắng hai tuần?', absenceNote: 'Dịch cúm hoặc Tết; bao lâu thì hết tồn đọng.', demand: 'Nếu hồ sơ tăng 30%?', demandNote: 'Và bao nhiêu cán bộ thì đủ: thử từ 0 đến 3 người mỗi quầy.', simplify: 'Cắt một phần ba thời hạn thủ tục?', simplifyNote: 'Bớt ngày và bớt công, tính cả ngày tiết kiệm.', pool: 'Các xã, phường dùng chung quầy?', poolNote: 'Một người ốm không còn làm tắc một quầy.',
    tet: 'Cao điểm Tết ở TP Hồ Chí Minh', tetNote: 'Ba tuần nhiều hơn 35%, một phần mười cán bộ vắng.', poolSmall: 'Gộp quầy các xã nhỏ', poolSmallNote: 'Chín xã dưới 35.000 dân chia ba nhóm.', land: 'Giao đất đai cho xã, phường', landNote: 'Chuyển nhượng, thừa kế, tặng cho do cấp xã quyết định.', s298: 'Đơn giản hóa thủ tục', s298Note: 'Bớt bốn phần mười thời hạn và một bước.', flood: 'Lũ đóng cửa tám xã', floodNote: 'Tám xã vùng trũng nghỉ ba ngày.',
  },
  {
    officers: 'One officer more at every land desk?', officersNote: 'From the city as it stands, the next eight weeks.', absence: 'A third of the officers away for two weeks?', absenceNote: 'Influenza, or Tết: how long until the backlog is gone.', demand: 'What if 30% more cases come?', demandNote: 'And how many officers would do: tries none to three more a desk.', simplify: 'Take a third off the limits?', simplifyNote: 'Fewer days and less handling; counts the days saved.', pool: 'All communes share their desks?', poolNote: 'One clerk ill no longer shuts a desk.',
    tet: 'Tết surge in Ho Chi Minh City', tetNote: 'Three weeks of 35% more, every tenth officer away.', poolSmall: 'Pool the desks of small communes', poolSmallNote: 'Nine of fewer than 35,000 residents, in three groups.', land: 'Land decided by communes', landNote: 'Transfers, inheritances and gifts move down.', s298: 'Simplify procedures', s298Note: 'Four tenths off the limits and one step less.', flood: 'Flood shuts eight communes', floodNote: 'Eight low-lying communes closed for three days.',
  },
  {
    officers: 'Un agent de plus à chaque guichet foncier ?', officersNote: 'Depuis l’état présent, les huit semaines à venir.', absence: 'Un tiers des agents absents deux semaines ?', absenceNote: 'Grippe ou Têt : quand le stock est-il résorbé.', demand: 'Et si les dossiers augmentent de 30 % ?', demandNote: 'Et combien d’agents suffiraient : essai de zéro à trois par guichet.', simplify: 'Réduire les délais d’un tiers ?', simplifyNote: 'Moins de jours et de traitement ; compte les jours gagnés.', pool: 'Toutes les communes partagent leurs guichets ?', poolNote: 'Un agent malade ne ferme plus un guichet.',
    tet: 'L’afflux du Têt à Hô Chi Minh-Ville', tetNote: 'Trois semaines à +35 %, un agent sur dix absent.', poolSmall: 'Mutualiser les petites communes', poolSmallNote: 'Neuf de moins de 35 000 habitants, en trois groupes.', land: 'Le foncier décidé par les communes', landNote: 'Cessions, successions et donations descendent.', s298: 'Simplifier les démarches', s298Note: 'Quatre dixièmes du délai et une étape en moins.', flood: 'Une crue ferme huit communes', floodNote: 'Huit communes basses fermées trois jours.',
  },
);

export interface Starter {
  readonly name: string;
  readonly title: string;
  readonly note: string;
}

/** A question about the city that is served, with its scenario. */
export function ownStarters(): readonly (Starter & { readonly text: string })[] {
  const now = cityNow.peek();
  const day = (days: number) => cityDate(now + days * 86_400_000);
  const live = (days: number) => `base:\n  city: live\n  start: ${day(0)}\n  days: ${days}\n`;
  const run = 'run: {replications: 20}\n';
  const make = (name: 'officers' | 'absence' | 'demand' | 'simplify' | 'pool', body: string) => ({ name, title: t()[name], note: t()[`${name}Note`], text: `name: ${quoted(t()[name])}\n${body}` });
  void language.value;
  return [
    make('officers', `${live(56)}${run}changes:\n  - officers: {skills: land, add: 1}\n`),
    make('absence', `${live(56)}${run}changes:\n  - absence: {offices: communes, share: 33%}\n    from: ${day(7)}\n    to: ${day(20)}\n`),
    make('demand', `${live(56)}${run}changes:\n  - demand: {factor: 1.3}\n  - officers: {offices: departments, add: $clerks}\nsweep:\n  clerks: 0..3\n`),
    make('simplify', `${live(56)}${run}changes:\n  - simplify: {share: 33%, handling: 0.9}\n`),
    make('pool', `${live(56)}${run}changes:\n  - absence: {share: 10%}\n  - pool: {offices: communes}\n`),
  ];
}

function quoted(text: string): string {
  return /[:#?]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** What a bundled scenario is called in the language in force; others keep their own title. */
export function bundledWords(name: string): { title: string; note: string } | undefined {
  const known: Record<string, 'tet' | 'poolSmall' | 'land' | 's298' | 'flood'> = { 'hcmc-tet-surge': 'tet', 'hcmc-pool-small': 'poolSmall', 'hcmc-land-to-communes': 'land', 'hcmc-simplify-298': 's298', 'hcmc-flood-eight': 'flood' };
  const found = known[name];
  return found && { title: t()[found], note: t()[`${found}Note`] };
}

/** A scenario that changes nothing yet. */
export function blank(title: string): string {
  return `name: ${quoted(title)}\nbase:\n  city: live\n  start: ${cityDate(cityNow.peek())}\n  days: 56\nrun: {replications: 20}\nchanges: []\n`;
}
