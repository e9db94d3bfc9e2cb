import { texts } from '../../i18n/language';

const kinds = (all: Record<string, string>) => (k: string) => all[k] ?? k;

export const t = texts(
  {
    title: 'Hỏi thành phố', intro: 'Mọi bản sao của một loại, theo điều kiện; trả lời tại một vị trí nhật ký duy nhất.', type: 'Hỏi về', typeOf: kinds({ case: 'Hồ sơ', desk: 'Quầy', commune: 'Xã, phường', department: 'Sở, ngành', sensor: 'Cảm biến', official: 'Cán bộ', citizen: 'Công dân' }),
    groupBy: 'Nhóm theo', aggregate: 'Tính', orderBy: 'Sắp xếp', columns: 'Cột', more: 'Nhóm, tính, sắp xếp', reference: (k: string) => `Hỏi được gì: ${k}`, referenceBody: 'Bấm tên để bắt đầu; dấu ; là và, dấu | là hoặc.', attribute: 'Thuộc tính', means: 'Nghĩa', values: 'Giá trị', none: 'Không có gì khớp', rows: (n: string) => `${n} dòng`, next: 'Xem thêm', position: (p: string, at: string) => `tại vị trí ${p}, ${at}`, json: 'JSON', examples: 'Thử:', wrong: 'Điều kiện chưa đúng', hint: 'cách nhau bằng dấu phẩy', yes: 'có', no: 'không', figure: (f: string, a: string) => `${({ count: 'số lượng', sum: 'tổng', mean: 'trung bình', min: 'nhỏ nhất', max: 'lớn nhất', p50: 'trung vị', p90: 'phân vị 90', onTimeShare: 'tỷ lệ đúng hạn', day: 'ngày', hour: 'giờ' } as Record<string, string>)[f] ?? f} ${a}`.trim(),
  },
  {
    title: 'Ask the city', intro: 'All twins of one kind that fulfil a condition; every answer is of exactly one journal position.', type: 'About', typeOf: kinds({ case: 'Cases', desk: 'Desks', commune: 'Communes', department: 'Departments', sensor: 'Sensors', official: 'Officials', citizen: 'Citizens' }),
    groupBy: 'Group by', aggregate: 'Compute', orderBy: 'Order by', columns: 'Columns', more: 'Group, compute, order', reference: (k: string) => `What can be asked: ${k}`, referenceBody: 'Press a name to begin; ; means and, | means or.', attribute: 'Attribute', means: 'Means', values: 'Values', none: 'Nothing fits', rows: (n: string) => `${n} rows`, next: 'Show more', position: (p: string, at: string) => `at position ${p}, ${at}`, json: 'JSON', examples: 'Try:', wrong: 'The condition is not understood', hint: 'separated by commas', yes: 'yes', no: 'no', figure: (f: string, a: string) => `${({ count: 'how many', p50: 'median', p90: '90th percentile', onTimeShare: 'share on time' } as Record<string, string>)[f] ?? f} ${a}`.trim(),
  },
  {
    title: 'Interroger la ville', intro: 'Tous les jumeaux d’un type qui remplissent une condition ; chaque réponse vaut à une position exacte du journal.', type: 'Sur', typeOf: kinds({ case: 'Dossiers', desk: 'Guichets', commune: 'Communes', department: 'Directions', sensor: 'Capteurs', official: 'Agents', citizen: 'Usagers' }),
    groupBy: 'Grouper par', aggregate: 'Calculer', orderBy: 'Trier par', columns: 'Colonnes', more: 'Grouper, calculer, trier', reference: (k: string) => `Ce qui se demande : ${k}`, referenceBody: 'Appuyer sur un nom pour commencer ; ; veut dire et, | veut dire ou.', attribute: 'Attribut', means: 'Sens', values: 'Valeurs', none: 'Rien ne correspond', rows: (n: string) => `${n} lignes`, next: 'Afficher plus', position: (p: string, at: string) => `à la position ${p}, ${at}`, json: 'JSON', examples: 'Essayer :', wrong: 'La condition n’est pas comprise', hint: 'séparés par des virgules', yes: 'oui', no: 'non', figure: (f: string, a: string) => `${({ count: 'nombre', sum: 'somme', mean: 'moyenne', p50: 'médiane', p90: '90e centile', onTimeShare: 'part dans les délais', day: 'jour', hour: 'heure' } as Record<string, string>)[f] ?? f} ${a}`.trim(),
  },
);

export interface Example {
  readonly type: string;
  readonly q: string;
  readonly groupBy?: string;
  readonly aggregate?: string;
  readonly orderBy?: string;
}

/** Questions that operators ask, to begin with. */
export const examples: readonly Example[] = [
  { type: 'case', q: 'overdue==true', groupBy: 'office', aggregate: 'count,p90(age)', orderBy: '!count' },
  { type: 'case', q: 'open==true;deadline < now + 4 working hours', orderBy: 'deadline' },
  { type: 'case', q: 'stage==waitingForCitizen', groupBy: 'service', aggregate: 'count', orderBy: '!count' },
  { type: 'desk', q: 'queued>5', orderBy: '!queued' },
  { type: 'commune', q: 'onTimeShare<0.9', orderBy: 'onTimeShare' },
  { type: 'official', q: 'handled>0', orderBy: '!handled' },
];

/** The columns shown of each kind unless the address says otherwise: what fits beside each other. */
export const usual: Record<string, string> = {
  case: 'id,service,stage,urgency,office,filedAt,deadline',
  desk: 'id,nameVi,office,officials,queued,inProgress,taken',
  commune: 'id,nameVi,population,officials,atDesks,resolved,overdue,onTimeShare',
  department: 'id,nameVi,officials,atDesks,resolved,overdue,onTimeShare',
  sensor: 'id,kind,name,commune,level,silent,maintenanceUntil',
  official: 'id,office,desk,handled,onTimeShare,worked,rating',
  citizen: 'id,checks,needed,reused,missing,lastAt',
};
