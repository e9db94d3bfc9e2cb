import { texts } from '../../i18n/language';

const vi = {
  as: 'Làm việc với tư cách', choose: 'Chọn cán bộ…', takeNext: 'Nhận hồ sơ tiếp theo', inHand: 'Đang xử lý', mine: (n: string) => `${n} hồ sơ của bạn`, others: (n: string) => `${n} của người khác`, noneInHand: 'Bạn chưa giữ hồ sơ nào', noneInHandBody: 'Bấm N để nhận hồ sơ đầu hàng chờ.', chooseFirst: 'Hãy chọn cán bộ để bắt đầu.',
  queue: 'Hàng chờ', fitting: (n: string, all: string) => `${n} trên ${all} khớp`, noneFit: 'Không có hồ sơ chờ nào khớp điều kiện', queueOrder: (d: string): string => (d === 'fifo' ? 'theo thứ tự đến' : 'theo hạn, khẩn trước'), nobody: 'Không có hồ sơ chờ', nobodyBody: 'Hồ sơ mới sẽ hiện ngay khi đến.', since: 'Chờ từ', start: 'Nhận', open: 'Mở', keys: 'Phím tắt', keysOn: 'Bật phím tắt', taken: (n: string) => `Đã nhận hồ sơ ${n}.`,
  keyNext: 'nhận hồ sơ tiếp theo', keyMove: 'chọn trong hàng chờ', keyOpen: 'mở hồ sơ đang chọn', keyStart: 'nhận hồ sơ đang chọn', keyResolve: 'giải quyết hồ sơ đầu tiên của bạn', staff: (n: string) => `${n} cán bộ`, done: 'Đã thực hiện.', closed: 'Quầy đã đóng', more: (n: string) => `và ${n} hồ sơ nữa`, past: 'Ở quá khứ chỉ xem, không thao tác.',
};
const en: { [K in keyof typeof vi]: (typeof vi)[K] } = {
  as: 'Working as', choose: 'Choose an official…', takeNext: 'Take the next case', inHand: 'In hand', mine: (n: string) => `${n} yours`, others: (n: string) => `${n} of others`, noneInHand: 'You have no case in hand', noneInHandBody: 'Press N to take the first of the queue.', chooseFirst: 'Choose an official to begin.',
  queue: 'Queue', fitting: (n: string, all: string) => `${n} of ${all} fit`, noneFit: 'No waiting case fits the condition', queueOrder: (d: string): string => (d === 'fifo' ? 'first come, first served' : 'by deadline, urgent first'), nobody: 'Nothing waits', nobodyBody: 'New cases appear the moment they come.', since: 'Since', start: 'Take', open: 'Open', keys: 'Keys', keysOn: 'Keyboard shortcuts', taken: (n: string) => `Case ${n} is in your hands.`,
  keyNext: 'take the next case', keyMove: 'choose in the queue', keyOpen: 'open the chosen case', keyStart: 'take the chosen case', keyResolve: 'resolve the first of yours', staff: (n: string) => `${n} officials`, done: 'Done.', closed: 'The desk is closed', more: (n: string) => `and ${n} more`, past: 'The past can be looked at, not changed.',
};
const fr: typeof en = {
  as: 'Travailler comme', choose: 'Choisir un agent…', takeNext: 'Prendre le dossier suivant', inHand: 'En traitement', mine: (n: string) => `${n} à vous`, others: (n: string) => `${n} aux autres`, noneInHand: 'Aucun dossier en main', noneInHandBody: 'Touche N : prendre le premier de la file.', chooseFirst: 'Choisissez un agent pour commencer.',
  queue: 'File', fitting: (n: string, all: string) => `${n} sur ${all}`, noneFit: 'Aucun dossier en attente ne correspond', queueOrder: (d: string): string => (d === 'fifo' ? 'premier arrivé, premier servi' : 'par échéance, urgents d’abord'), nobody: 'Rien n’attend', nobodyBody: 'Les nouveaux dossiers apparaissent dès leur arrivée.', since: 'Depuis', start: 'Prendre', open: 'Ouvrir', keys: 'Touches', keysOn: 'Raccourcis clavier', taken: (n: string) => `Le dossier ${n} est entre vos mains.`,
  keyNext: 'prendre le dossier suivant', keyMove: 'choisir dans la file', keyOpen: 'ouvrir le dossier choisi', keyStart: 'prendre le dossier choisi', keyResolve: 'résoudre votre premier dossier', staff: (n: string) => `${n} agents`, done: 'Fait.', closed: 'Le guichet est fermé', more: (n: string) => `et ${n} de plus`, past: 'Le passé se regarde, il ne se change pas.',
};

export const t = texts(vi, en, fr);
