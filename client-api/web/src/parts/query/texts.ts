import { texts } from '../../i18n/language';

export const t = texts(
  {
    condition: 'Điều kiện', ask: 'Hỏi', clear: 'Bỏ điều kiện', placeholder: (q: string) => `ví dụ: ${q}`, suggestions: 'Gợi ý', meant: (w: string) => `Sửa thành ${w}`, share: 'Chép liên kết', copied: 'Đã chép liên kết.', link: 'Liên kết', save: 'Lưu', saveTitle: 'Lưu câu hỏi', name: 'Tên', cancel: 'Hủy', saved: 'Câu hỏi đã lưu', noneSaved: 'Chưa lưu câu hỏi nào', forget: (n: string) => `Xóa ${n}`, follow: 'Theo dõi', stop: 'Thôi theo dõi', following: 'Đang theo dõi', followBody: 'Thay đổi hiện ra ngay khi xảy ra.', lost: 'Mất kết nối; đang nối lại từ chỗ đã dừng.', entered: 'mới khớp', changed: 'thay đổi', left: 'không còn khớp', quiet: 'Chưa có gì thay đổi.', beginning: 'Đang bắt đầu…', of: (n: string) => `${n} thay đổi`, help: 'Cú pháp', and: 'và', or: 'hoặc', examples: 'Thử',
    is: 'bằng', isNot: 'khác', less: 'nhỏ hơn, trước', lessOrIs: 'không quá', more: 'lớn hơn, sau', moreOrIs: 'ít nhất', like: 'giống mẫu', unlike: 'không giống mẫu', has: 'có giá trị', now: 'bây giờ', yes: 'đúng', no: 'sai',
  },
  {
    condition: 'Condition', ask: 'Ask', clear: 'Clear the condition', placeholder: (q: string) => `as ${q}`, suggestions: 'Suggestions', meant: (w: string) => `Change to ${w}`, share: 'Copy link', copied: 'The link is copied.', link: 'Link', save: 'Save', saveTitle: 'Save the query', name: 'Name', cancel: 'Cancel', saved: 'Saved queries', noneSaved: 'No query saved yet', forget: (n: string) => `Remove ${n}`, follow: 'Follow', stop: 'Stop following', following: 'Following', followBody: 'Changes appear the moment they happen.', lost: 'The connection is lost; going on from where it broke off.', entered: 'now fits', changed: 'changed', left: 'fits no more', quiet: 'Nothing has changed yet.', beginning: 'Beginning…', of: (n: string) => `${n} changes`, help: 'Grammar', and: 'and', or: 'or', examples: 'Try',
    is: 'is', isNot: 'is not', less: 'less than, before', lessOrIs: 'at most', more: 'more than, after', moreOrIs: 'at least', like: 'fits the pattern', unlike: 'does not fit the pattern', has: 'has a value', now: 'now', yes: 'true', no: 'false',
  },
  {
    condition: 'Condition', ask: 'Interroger', clear: 'Effacer la condition', placeholder: (q: string) => `par ex. ${q}`, suggestions: 'Suggestions', meant: (w: string) => `Remplacer par ${w}`, share: 'Copier le lien', copied: 'Le lien est copié.', link: 'Lien', save: 'Garder', saveTitle: 'Garder la requête', name: 'Nom', cancel: 'Annuler', saved: 'Requêtes gardées', noneSaved: 'Aucune requête gardée', forget: (n: string) => `Supprimer ${n}`, follow: 'Suivre', stop: 'Ne plus suivre', following: 'Suivi', followBody: 'Les changements apparaissent dès qu’ils surviennent.', lost: 'La connexion est perdue ; reprise là où elle s’est arrêtée.', entered: 'correspond', changed: 'a changé', left: 'ne correspond plus', quiet: 'Rien n’a encore changé.', beginning: 'Début du suivi…', of: (n: string) => `${n} changements`, help: 'Grammaire', and: 'et', or: 'ou', examples: 'Essayer',
    is: 'est', isNot: 'n’est pas', less: 'moins que, avant', lessOrIs: 'au plus', more: 'plus que, après', moreOrIs: 'au moins', like: 'suit le motif', unlike: 'ne suit pas le motif', has: 'a une valeur', now: 'maintenant', yes: 'vrai', no: 'faux',
  },
);

/** What the attributes that are asked for most are called; the others are described by the city, in English. */
export const attributeNames = texts(
  {
    overdue: 'quá hạn', open: 'đang mở', stage: 'trạng thái', urgency: 'mức khẩn', kind: 'loại', service: 'thủ tục', commune: 'xã, phường', office: 'cơ quan xử lý', desk: 'quầy', official: 'cán bộ', citizen: 'công dân', channel: 'kênh', filedAt: 'lúc tiếp nhận', deadline: 'hạn trả', resolvedAt: 'lúc giải quyết', onTime: 'đúng hạn', age: 'giờ làm việc từ khi tiếp nhận', remaining: 'giờ làm việc còn lại', leadTime: 'giờ làm việc tới kết quả', rating: 'đánh giá', escalations: 'số lần chuyển lên', reopenings: 'số lần mở lại', queued: 'số đang chờ', inProgress: 'số đang xử lý', officials: 'số cán bộ', level: 'mức cảnh báo', silent: 'mất tín hiệu', onTimeShare: 'tỷ lệ đúng hạn', population: 'dân số', id: 'mã số',
  },
  {
    overdue: 'past its deadline', open: 'without a result', stage: 'where in its life', urgency: 'how urgent', kind: 'kind', service: 'service or category', commune: 'commune', office: 'office in charge', desk: 'desk', official: 'official', citizen: 'citizen', channel: 'how it came in', filedAt: 'when it came in', deadline: 'when it is due', resolvedAt: 'when it was decided', onTime: 'decided in time', age: 'working hours since filing', remaining: 'working hours left', leadTime: 'working hours to the result', rating: 'rating, 1 to 5', escalations: 'times escalated', reopenings: 'times reopened', queued: 'cases waiting', inProgress: 'cases in hand', officials: 'officials', level: 'alert level', silent: 'silent', onTimeShare: 'share on time', population: 'residents', id: 'identity',
  },
  {
    overdue: 'échéance passée', open: 'sans résultat', stage: 'étape', urgency: 'urgence', kind: 'type', service: 'démarche ou catégorie', commune: 'commune', office: 'service en charge', desk: 'guichet', official: 'agent', citizen: 'usager', channel: 'canal', filedAt: 'dépôt', deadline: 'échéance', resolvedAt: 'décision', onTime: 'dans les délais', age: 'heures ouvrées depuis le dépôt', remaining: 'heures ouvrées restantes', leadTime: 'heures ouvrées jusqu’au résultat', rating: 'note, 1 à 5', escalations: 'transmissions', reopenings: 'réouvertures', queued: 'en attente', inProgress: 'en traitement', officials: 'agents', level: 'niveau d’alerte', silent: 'muet', onTimeShare: 'part dans les délais', population: 'habitants', id: 'identité',
  },
);
