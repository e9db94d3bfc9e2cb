// The domain's words, one for each thing, as TERMS.md has them.
import { texts } from './language';

export const words = texts(
  {
    open: 'Đang mở', overdue: 'Quá hạn', onTime: 'Đúng hạn', filed: 'Tiếp nhận', results: 'Đã trả lời', queued: 'Chờ xử lý', inHand: 'Đang xử lý', withCitizen: 'Chờ công dân',
    office: 'Cơ quan', commune: 'Xã, phường', department: 'Sở, ngành', desk: 'Quầy', official: 'Cán bộ', citizen: 'Công dân', case_: 'Hồ sơ', service: 'Thủ tục', category: 'Loại phản ánh',
    deadline: 'Hạn', stage: 'Trạng thái', channel: 'Kênh', urgency: 'Mức khẩn', kind: 'Loại', officials: 'Cán bộ', rating: 'Đánh giá', population: 'Dân số', workingDays: 'ngày làm việc', today: 'hôm nay', live: 'Trực tuyến', officialOf: (n: string) => `Cán bộ số ${n}`, deskOf: (n: string) => `Quầy ${n}`,
  },
  {
    open: 'Open', overdue: 'Overdue', onTime: 'On time', filed: 'Filed', results: 'Results', queued: 'Waiting', inHand: 'In hand', withCitizen: 'With the citizen',
    office: 'Office', commune: 'Commune', department: 'Department', desk: 'Desk', official: 'Official', citizen: 'Citizen', case_: 'Case', service: 'Service', category: 'Category',
    deadline: 'Deadline', stage: 'Stage', channel: 'Channel', urgency: 'Urgency', kind: 'Kind', officials: 'Officials', rating: 'Rating', population: 'Residents', workingDays: 'working days', today: 'today', live: 'Live', officialOf: (n: string) => `Official ${n}`, deskOf: (n: string) => `Desk ${n}`,
  },
  {
    open: 'Ouverts', overdue: 'En retard', onTime: 'Dans les délais', filed: 'Déposés', results: 'Réponses', queued: 'En attente', inHand: 'En traitement', withCitizen: 'Chez l’usager',
    office: 'Service', commune: 'Commune', department: 'Direction', desk: 'Guichet', official: 'Agent', citizen: 'Usager', case_: 'Dossier', service: 'Démarche', category: 'Catégorie',
    deadline: 'Échéance', stage: 'Étape', channel: 'Canal', urgency: 'Urgence', kind: 'Type', officials: 'Agents', rating: 'Note', population: 'Habitants', workingDays: 'jours ouvrés', today: 'aujourd’hui', live: 'En direct', officialOf: (n: string) => `Agent ${n}`, deskOf: (n: string) => `Guichet ${n}`,
  },
);

export const stages = texts(
  { absent: '–', received: 'Mới nhận', queued: 'Chờ xử lý', inProgress: 'Đang xử lý', waitingForCitizen: 'Chờ công dân', resolved: 'Đã giải quyết', rejected: 'Từ chối', returned: 'Đã trả kết quả', rated: 'Đã đánh giá', closed: 'Đã đóng', withdrawn: 'Đã rút' },
  { absent: '–', received: 'Received', queued: 'Waiting at a desk', inProgress: 'In hand', waitingForCitizen: 'Waiting for the citizen', resolved: 'Resolved', rejected: 'Rejected', returned: 'Result handed over', rated: 'Rated', closed: 'Closed', withdrawn: 'Withdrawn' },
  { absent: '–', received: 'Reçu', queued: 'En attente au guichet', inProgress: 'En traitement', waitingForCitizen: 'Attend l’usager', resolved: 'Résolu', rejected: 'Rejeté', returned: 'Résultat remis', rated: 'Noté', closed: 'Clos', withdrawn: 'Retiré' },
);

export const channels = texts(
  { counter: 'Tại quầy', onlinePortal: 'Cổng thành phố', nationalPortal: 'Cổng quốc gia', app: 'Ứng dụng', hotline: 'Tổng đài 1022', sensor: 'Cảm biến' },
  { counter: 'Counter', onlinePortal: 'City portal', nationalPortal: 'National portal', app: 'App', hotline: 'Hotline 1022', sensor: 'Sensor' },
  { counter: 'Guichet', onlinePortal: 'Portail de la ville', nationalPortal: 'Portail national', app: 'Application', hotline: 'Numéro 1022', sensor: 'Capteur' },
);

export const urgencies = texts(
  { normal: 'Thường', high: 'Cao', immediate: 'Khẩn' },
  { normal: 'Normal', high: 'High', immediate: 'Immediate' },
  { normal: 'Normale', high: 'Élevée', immediate: 'Immédiate' },
);

export const caseKinds = texts({ dossier: 'Hồ sơ thủ tục', feedback: 'Phản ánh' }, { dossier: 'Dossier', feedback: 'Feedback' }, { dossier: 'Dossier', feedback: 'Signalement' });

export const officeKinds = texts(
  { ward: 'Phường', commune: 'Xã', specialZone: 'Đặc khu', department: 'Sở, ngành' },
  { ward: 'Ward', commune: 'Commune', specialZone: 'Special zone', department: 'Department' },
  { ward: 'Quartier', commune: 'Commune', specialZone: 'Zone spéciale', department: 'Direction' },
);

/** What happened, as a sentence about the case. */
export const happenings = texts(
  {
    CaseFiled: 'tiếp nhận', DocumentsChecked: 'đã kiểm tra giấy tờ', CaseQueued: 'vào hàng chờ', WorkStarted: 'cán bộ nhận xử lý', CitizenAsked: 'yêu cầu công dân bổ sung', CitizenAnswered: 'công dân đã bổ sung',
    CaseEscalated: 'chuyển lên sở, ngành', CaseSentBack: 'trả về xã, phường', CaseMoved: 'chuyển nơi xử lý', CaseBecameOverdue: 'quá hạn', CaseResolved: 'đã giải quyết', CaseRejected: 'từ chối',
    ResultReturned: 'đã trả kết quả', CaseRated: 'công dân đánh giá', CaseClosed: 'đóng', CaseWithdrawn: 'công dân rút', CaseReopened: 'mở lại', CaseRecalled: 'thu hồi khỏi quầy', CaseClassified: 'mô hình đã đọc', CategoryAssigned: 'đã phân loại', CaseFollowed: 'thêm phản ánh cùng việc', CityFounded: 'bản sao thành phố ra đời',
  },
  {
    CaseFiled: 'filed', DocumentsChecked: 'documents checked', CaseQueued: 'queued at a desk', WorkStarted: 'taken by an official', CitizenAsked: 'citizen asked', CitizenAnswered: 'citizen answered',
    CaseEscalated: 'escalated to a department', CaseSentBack: 'sent back to its commune', CaseMoved: 'moved', CaseBecameOverdue: 'became overdue', CaseResolved: 'resolved', CaseRejected: 'rejected',
    ResultReturned: 'result handed over', CaseRated: 'rated', CaseClosed: 'closed', CaseWithdrawn: 'withdrawn', CaseReopened: 'reopened', CaseRecalled: 'recalled from its desk', CaseClassified: 'read by the model', CategoryAssigned: 'category set', CaseFollowed: 'joined by another report', CityFounded: 'the twin of the city begins',
  },
  {
    CaseFiled: 'déposé', DocumentsChecked: 'pièces vérifiées', CaseQueued: 'mis en file', WorkStarted: 'pris par un agent', CitizenAsked: 'usager interrogé', CitizenAnswered: 'réponse de l’usager',
    CaseEscalated: 'transmis à une direction', CaseSentBack: 'renvoyé à la commune', CaseMoved: 'déplacé', CaseBecameOverdue: 'en retard', CaseResolved: 'résolu', CaseRejected: 'rejeté',
    ResultReturned: 'résultat remis', CaseRated: 'noté', CaseClosed: 'clos', CaseWithdrawn: 'retiré', CaseReopened: 'rouvert', CaseRecalled: 'rappelé du guichet', CaseClassified: 'lu par le modèle', CategoryAssigned: 'catégorie choisie', CaseFollowed: 'rejoint par un autre signalement', CityFounded: 'le jumeau de la ville naît',
  },
);

/** The word for a member of an enumeration, or the member itself where a newer city has one that these pages do not know. */
export function word(all: object, member: string): string {
  return (all as Record<string, string | undefined>)[member] ?? member;
}
