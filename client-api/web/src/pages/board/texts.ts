import { texts } from '../../i18n/language';

export const t = texts(
  {
    headline: 'Chỉ số chính', open: 'Hồ sơ đang mở', overdue: 'Quá hạn', onTimeToday: 'Đúng hạn hôm nay', filedToday: 'Tiếp nhận hôm nay', resultsToday: 'Trả kết quả hôm nay', days: 'Ngày xử lý trung bình',
    yesterday: (v: string, d: string) => `hôm qua giờ này ${v} (${d})`, noYesterday: 'chưa có số liệu hôm qua', ofOpen: (v: string) => `${v} số đang mở`, sure: (a: string, b: string, n: string) => `${a}–${b} (95 %), ${n} kết quả`, noResults: 'chưa có kết quả nào',
    trend: (n: string) => `${n} trong 24 giờ qua`, inDays: 'ngày làm việc, từ nộp đến kết quả',
    map: 'Bản đồ', colour: 'Tô màu theo', departments: 'Sở, ngành',
    worst: 'Cần chú ý', communes: 'Cơ quan', desks: 'Quầy', byOverdue: 'quá hạn nhiều nhất trước', byWait: 'chờ nhiều nhất trên mỗi cán bộ', perOfficial: 'Chờ/cán bộ', allWell: 'Không có gì cần chú ý', allWellBody: 'Không cơ quan nào có hồ sơ đang mở.', desksNow: 'Quầy chỉ xem được ở hiện tại.', noDesks: 'Không quầy nào có hồ sơ chờ.', alerts: 'Cảnh báo', byLevel: 'mức cao nhất trước', noAlerts: 'Không có cảnh báo', noAlertsBody: 'Không cảm biến nào cảnh báo và không có sự cố nào.', alerting: 'Cảnh báo', silent: 'Mất tín hiệu', level: 'Mức', incidents: 'Sự cố', incidentOf: (n: string) => `${n} cảnh báo gộp thành một hồ sơ`,
    feed: 'Đang diễn ra', all: 'Tất cả', pause: 'Tạm dừng', goOn: 'Tiếp tục', kind: 'Loại sự kiện', which: 'Loại hồ sơ', both: 'Hồ sơ và phản ánh', quiet: 'Chưa có gì xảy ra', quietBody: 'Sự kiện sẽ hiện ở đây ngay khi xảy ra.', noMatch: 'Không có sự kiện nào khớp bộ lọc.',
    groups: (g: string) => ({ filed: 'Tiếp nhận', moved: 'Chuyển, trả về', overdue: 'Quá hạn', results: 'Kết quả', citizen: 'Công dân' })[g] ?? g, policy: 'Chính sách thành phố thay đổi', more: 'Xem hồ sơ quá hạn',
    intro: 'Mọi xã, phường, sở, ngành của thành phố, ngay lúc này.', introPast: (at: string) => `Thành phố như lúc ${at}.`,
    founding: 'Thành phố đang khởi động', foundingBody: 'Bảng sẽ hiện ngay khi thành phố trả lời.',
  },
  {
    headline: 'Headline figures', open: 'Open cases', overdue: 'Overdue', onTimeToday: 'On time today', filedToday: 'Filed today', resultsToday: 'Results today', days: 'Mean handling time',
    yesterday: (v: string, d: string) => `yesterday at this hour ${v} (${d})`, noYesterday: 'nothing known of yesterday yet', ofOpen: (v: string) => `${v} of those open`, sure: (a: string, b: string, n: string) => `${a}–${b} (95 %), ${n} results`, noResults: 'no results yet',
    trend: (n: string) => `${n} over the last 24 hours`, inDays: 'working days, from filing to result',
    map: 'Map', colour: 'Coloured by', departments: 'Departments',
    worst: 'Needs a look', communes: 'Offices', desks: 'Desks', byOverdue: 'most overdue first', byWait: 'most waiting per official first', perOfficial: 'Per official', allWell: 'Nothing needs a look', allWellBody: 'No office has open cases.', desksNow: 'Desks are shown as of now only.', noDesks: 'Nothing waits at any desk.', alerts: 'Alerts', byLevel: 'highest level first', noAlerts: 'No alerts', noAlertsBody: 'No sensor is in alert, and there is no incident.', alerting: 'In alert', silent: 'Silent', level: 'Level', incidents: 'Incidents', incidentOf: (n: string) => `${n} alerts gathered in one case`,
    feed: 'Happening now', all: 'All', pause: 'Pause', goOn: 'Go on', kind: 'Kind of event', which: 'Kind of case', both: 'Dossiers and feedback', quiet: 'Nothing has happened yet', quietBody: 'Events appear here the moment they happen.', noMatch: 'No event fits the filters.',
    groups: (g: string) => ({ filed: 'Filed', moved: 'Passed on', overdue: 'Overdue', results: 'Results', citizen: 'Citizens' })[g] ?? g, policy: 'The city’s policy changed', more: 'See overdue cases',
    intro: 'Every commune and department of the city, right now.', introPast: (at: string) => `The city as it stood at ${at}.`,
    founding: 'The city is starting', foundingBody: 'The board appears as soon as the city answers.',
  },
  {
    headline: 'Chiffres clés', open: 'Dossiers ouverts', overdue: 'En retard', onTimeToday: 'Dans les délais aujourd’hui', filedToday: 'Déposés aujourd’hui', resultsToday: 'Résultats aujourd’hui', days: 'Durée moyenne',
    yesterday: (v: string, d: string) => `hier à cette heure ${v} (${d})`, noYesterday: 'rien de connu pour hier', ofOpen: (v: string) => `${v} des ouverts`, sure: (a: string, b: string, n: string) => `${a}–${b} (95 %), ${n} résultats`, noResults: 'pas encore de résultat',
    trend: (n: string) => `${n} sur les 24 dernières heures`, inDays: 'jours ouvrés, du dépôt au résultat',
    map: 'Carte', colour: 'Couleur selon', departments: 'Directions',
    worst: 'À surveiller', communes: 'Services', desks: 'Guichets', byOverdue: 'les plus en retard d’abord', byWait: 'les plus chargés par agent d’abord', perOfficial: 'Par agent', allWell: 'Rien à surveiller', allWellBody: 'Aucun service n’a de dossier ouvert.', desksNow: 'Les guichets ne se voient qu’au présent.', noDesks: 'Rien n’attend à aucun guichet.', alerts: 'Alertes', byLevel: 'le plus haut niveau d’abord', noAlerts: 'Aucune alerte', noAlertsBody: 'Aucun capteur en alerte, aucun incident.', alerting: 'En alerte', silent: 'Muets', level: 'Niveau', incidents: 'Incidents', incidentOf: (n: string) => `${n} alertes réunies en un dossier`,
    feed: 'En ce moment', all: 'Tout', pause: 'Pause', goOn: 'Reprendre', kind: 'Type d’événement', which: 'Type de dossier', both: 'Dossiers et signalements', quiet: 'Rien ne s’est encore passé', quietBody: 'Les événements apparaissent ici dès qu’ils surviennent.', noMatch: 'Aucun événement ne correspond aux filtres.',
    groups: (g: string) => ({ filed: 'Dépôts', moved: 'Transmissions', overdue: 'Retards', results: 'Résultats', citizen: 'Usagers' })[g] ?? g, policy: 'La politique de la ville a changé', more: 'Voir les dossiers en retard',
    intro: 'Toutes les communes et directions de la ville, en ce moment.', introPast: (at: string) => `La ville telle qu’elle était à ${at}.`,
    founding: 'La ville démarre', foundingBody: 'Le tableau apparaît dès que la ville répond.',
  },
);
