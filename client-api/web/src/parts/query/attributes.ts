// What every attribute of the live query is called. The names come from the served document: one without words in a language does not compile.
import type { QueryAttribute } from '../../api/contract';
import { texts } from '../../i18n/language';

type Name = QueryAttribute['name'];
type Beginning<N, End extends string> = N extends `${infer M}.${End}` ? M : never;
type End<N, Start extends string> = N extends `${Start}.${infer E}` ? E : never;
/** What an instrument reads; each has also the moment of its latest reading. */
type Measured = Beginning<Name, 'at'>;
/** What is made of a sensor's values over an hour or a day. */
type Statistic = End<Name, 'hour' | 'day'>;
type Plain = Exclude<Name, Measured | `${Measured}.at` | `hour.${Statistic}` | `day.${Statistic}`>;

const measured = texts(
  {
    waterLevel: 'mực nước', waterFlow: 'lưu lượng nước', rainfall: 'lượng mưa', pm25: 'bụi mịn PM2,5', pm10: 'bụi PM10', ozone: 'ozon', nitrogenDioxide: 'nitơ đioxit', sulphurDioxide: 'lưu huỳnh đioxit', carbonMonoxide: 'cacbon monoxit', soundLevel: 'mức âm', roadOccupancy: 'mật độ chiếm đường', trafficIntensity: 'lưu lượng xe', vehicleSpeed: 'tốc độ xe', lampFault: 'đèn hỏng', power: 'công suất điện', packetLoss: 'tỷ lệ mất gói', latency: 'độ trễ mạng', openEvents: 'sự kiện an ninh chưa xử lý', stoppedEvents: 'sự kiện an ninh đã chặn',
  } satisfies Record<Measured, string>,
  {
    waterLevel: 'water level', waterFlow: 'water flow', rainfall: 'rainfall', pm25: 'fine dust PM2.5', pm10: 'dust PM10', ozone: 'ozone', nitrogenDioxide: 'nitrogen dioxide', sulphurDioxide: 'sulphur dioxide', carbonMonoxide: 'carbon monoxide', soundLevel: 'sound level', roadOccupancy: 'road occupancy', trafficIntensity: 'vehicles an hour', vehicleSpeed: 'vehicle speed', lampFault: 'lamp fault', power: 'electric power', packetLoss: 'packet loss', latency: 'network latency', openEvents: 'security events not dealt with', stoppedEvents: 'security events stopped',
  },
  {
    waterLevel: 'niveau d’eau', waterFlow: 'débit d’eau', rainfall: 'pluie', pm25: 'particules fines PM2,5', pm10: 'particules PM10', ozone: 'ozone', nitrogenDioxide: 'dioxyde d’azote', sulphurDioxide: 'dioxyde de soufre', carbonMonoxide: 'monoxyde de carbone', soundLevel: 'niveau sonore', roadOccupancy: 'occupation de la chaussée', trafficIntensity: 'véhicules à l’heure', vehicleSpeed: 'vitesse des véhicules', lampFault: 'panne de lampadaire', power: 'puissance électrique', packetLoss: 'perte de paquets', latency: 'latence du réseau', openEvents: 'événements de sécurité à traiter', stoppedEvents: 'événements de sécurité arrêtés',
  },
);

const statistics = texts(
  { count: 'số lần đo', mean: 'trung bình', min: 'nhỏ nhất', max: 'lớn nhất', sum: 'tổng (mưa: lượng mưa)' } satisfies Record<Statistic, string>,
  { count: 'values', mean: 'mean', min: 'least', max: 'greatest', sum: 'sum (of rain: what fell)' },
  { count: 'mesures', mean: 'moyenne', min: 'minimum', max: 'maximum', sum: 'somme (pluie : ce qui est tombé)' },
);

const joined = texts(
  { at: (m: string) => `lúc đo ${m} gần nhất`, hour: (s: string) => `${s}, trong giờ của số đo mới nhất`, day: (s: string) => `${s}, trong 24 giờ tới số đo mới nhất` },
  { at: (m: string) => `when the ${m} was read last`, hour: (s: string) => `${s} over the hour of the latest reading`, day: (s: string) => `${s} over the 24 hours up to the latest reading` },
  { at: (m: string) => `dernière mesure : ${m}`, hour: (s: string) => `${s}, sur l’heure de la dernière mesure`, day: (s: string) => `${s}, sur les 24 heures jusqu’à la dernière mesure` },
);

const plain = texts(
  {
    id: 'mã số', kind: 'loại', service: 'thủ tục hoặc loại phản ánh', 'service.field': 'lĩnh vực của thủ tục', 'service.level': 'cấp quyết định', stage: 'trạng thái', open: 'đang mở', urgency: 'mức khẩn', channel: 'kênh tiếp nhận', commune: 'xã, phường', office: 'cơ quan xử lý', desk: 'quầy', official: 'cán bộ', citizen: 'công dân (ẩn danh)', filedAt: 'lúc tiếp nhận', deadline: 'hạn trả', stageAt: 'lúc vào trạng thái này', resolvedAt: 'lúc giải quyết', overdue: 'quá hạn', onTime: 'đúng hạn', leadTime: 'từ tiếp nhận tới kết quả', worked: 'thời gian cán bộ xử lý', age: 'thời gian từ khi tiếp nhận', remaining: 'thời gian còn lại tới hạn', rating: 'đánh giá, 1 đến 5', escalations: 'số lần chuyển lên', reopenings: 'số lần mở lại',
    location: 'có vị trí chính xác', 'location.latitude': 'vĩ độ', 'location.longitude': 'kinh độ', distance: 'khoảng cách tới điểm của near=', description: 'nội dung phản ánh (tìm theo từ, không hiện ra)', nameVi: 'tên tiếng Việt', nameEn: 'tên tiếng Anh', skills: 'kỹ năng', discipline: 'thứ tự nhận hồ sơ', officials: 'số cán bộ', queued: 'hồ sơ đang chờ', inProgress: 'hồ sơ đang xử lý', taken: 'hồ sơ đã nhận', closed: 'đã đóng', population: 'dân số', area: 'diện tích', successor: 'cơ quan kế thừa', desks: 'số quầy', atDesks: 'hồ sơ đang ở các quầy', filed: 'hồ sơ tiếp nhận', resolved: 'hồ sơ đã giải quyết', rejected: 'hồ sơ bị từ chối', withdrawn: 'hồ sơ rút', escalatedIn: 'hồ sơ được chuyển lên đây', escalatedOut: 'hồ sơ chuyển lên sở, ngành', onTimeShare: 'tỷ lệ đúng hạn',
    name: 'tên', level: 'mức cảnh báo', rapidRise: 'tăng quá nhanh', implausible: 'số đo không tin được', silent: 'mất tín hiệu', lastHeardAt: 'số đo cuối trước khi mất tín hiệu', maintenanceUntil: 'bảo trì tới', alerts: 'số cảnh báo', alertAt: 'cảnh báo sớm nhất lúc', cityWide: 'cảnh báo cho cả thành phố', incidents: 'sự cố đang mở trong vùng', position: 'vị trí nhật ký của lần thay đổi cuối', value: 'giá trị mới nhất', readAt: 'lúc đo mới nhất', watched: 'số được so với ngưỡng', handled: 'hồ sơ đã xử lý', ratings: 'số lượt đánh giá', checks: 'số lần hồ sơ hỏi sổ giấy tờ', needed: 'giấy tờ cần', reused: 'giấy tờ dùng lại', missing: 'giấy tờ phải nộp thêm', reusedShare: 'tỷ lệ dùng lại', lastAt: 'lúc sổ giấy tờ đổi lần cuối',
  } satisfies Record<Plain, string>,
  {
    id: 'identity', kind: 'kind', service: 'service or category', 'service.field': 'field of the service', 'service.level': 'who decides', stage: 'where in its life', open: 'without a result', urgency: 'how urgent', channel: 'how it came in', commune: 'commune', office: 'office in charge', desk: 'desk', official: 'official', citizen: 'citizen, a pseudonym', filedAt: 'when it came in', deadline: 'when it is due', stageAt: 'since when in its stage', resolvedAt: 'when it was decided', overdue: 'past its deadline', onTime: 'decided in time', leadTime: 'from filing to the result', worked: 'time that officials spent', age: 'time since filing', remaining: 'time left until the deadline', rating: 'rating, 1 to 5', escalations: 'times escalated', reopenings: 'times reopened',
    location: 'its exact place is known', 'location.latitude': 'latitude', 'location.longitude': 'longitude', distance: 'distance from the point of near=', description: 'what was reported (searched by words, never shown)', nameVi: 'Vietnamese name', nameEn: 'English name', skills: 'skills', discipline: 'order of taking cases', officials: 'officials', queued: 'cases waiting', inProgress: 'cases in hand', taken: 'cases taken so far', closed: 'closed', population: 'residents', area: 'area', successor: 'office that took over', desks: 'desks', atDesks: 'cases at its desks', filed: 'cases filed', resolved: 'cases resolved', rejected: 'cases rejected', withdrawn: 'cases withdrawn', escalatedIn: 'cases that came by escalation', escalatedOut: 'cases passed to a department', onTimeShare: 'share on time',
    name: 'name', level: 'alert level', rapidRise: 'rises too fast', implausible: 'readings cannot be right', silent: 'silent', lastHeardAt: 'last reading before it grew quiet', maintenanceUntil: 'under maintenance until', alerts: 'alerts raised', alertAt: 'earliest alert', cityWide: 'alerts for the whole city', incidents: 'open incidents of its area', position: 'journal position of its last event', value: 'latest value', readAt: 'latest reading', watched: 'number held against thresholds', handled: 'cases handled', ratings: 'ratings received', checks: 'cases that asked the ledger', needed: 'documents needed', reused: 'documents reused', missing: 'documents to be brought', reusedShare: 'share reused', lastAt: 'when the ledger changed last',
  },
  {
    id: 'identité', kind: 'type', service: 'démarche ou catégorie', 'service.field': 'domaine de la démarche', 'service.level': 'niveau qui décide', stage: 'étape', open: 'sans résultat', urgency: 'urgence', channel: 'canal', commune: 'commune', office: 'service en charge', desk: 'guichet', official: 'agent', citizen: 'usager, pseudonyme', filedAt: 'dépôt', deadline: 'échéance', stageAt: 'à cette étape depuis', resolvedAt: 'décision', overdue: 'échéance passée', onTime: 'dans les délais', leadTime: 'du dépôt au résultat', worked: 'temps passé par les agents', age: 'temps depuis le dépôt', remaining: 'temps jusqu’à l’échéance', rating: 'note, 1 à 5', escalations: 'transmissions', reopenings: 'réouvertures',
    location: 'lieu exact connu', 'location.latitude': 'latitude', 'location.longitude': 'longitude', distance: 'distance au point de near=', description: 'texte du signalement (cherché par mots, jamais montré)', nameVi: 'nom vietnamien', nameEn: 'nom anglais', skills: 'compétences', discipline: 'ordre de prise', officials: 'agents', queued: 'dossiers en attente', inProgress: 'dossiers en traitement', taken: 'dossiers pris', closed: 'fermé', population: 'habitants', area: 'superficie', successor: 'service qui a repris', desks: 'guichets', atDesks: 'dossiers aux guichets', filed: 'dossiers déposés', resolved: 'dossiers résolus', rejected: 'dossiers rejetés', withdrawn: 'dossiers retirés', escalatedIn: 'dossiers reçus par transmission', escalatedOut: 'dossiers transmis à une direction', onTimeShare: 'part dans les délais',
    name: 'nom', level: 'niveau d’alerte', rapidRise: 'monte trop vite', implausible: 'mesures invraisemblables', silent: 'muet', lastHeardAt: 'dernière mesure avant le silence', maintenanceUntil: 'en maintenance jusqu’à', alerts: 'alertes', alertAt: 'première alerte', cityWide: 'alertes pour toute la ville', incidents: 'incidents ouverts de la zone', position: 'position de son dernier événement au journal', value: 'dernière valeur', readAt: 'dernière mesure', watched: 'nombre comparé aux seuils', handled: 'dossiers traités', ratings: 'notes reçues', checks: 'dossiers ayant interrogé le registre', needed: 'pièces requises', reused: 'pièces réutilisées', missing: 'pièces à fournir', reusedShare: 'part réutilisée', lastAt: 'dernier changement du registre',
  },
);

/** The few that mean something else of another kind of twin. */
const ofKind = texts(
  { 'commune overdue': 'số lần quá hạn', 'department overdue': 'số lần quá hạn', 'commune rating': 'điểm đánh giá trung bình', 'department rating': 'điểm đánh giá trung bình', 'official rating': 'điểm đánh giá trung bình', 'sensor commune': 'nơi đặt', 'desk office': 'cơ quan', 'official office': 'cơ quan', 'sensor kind': 'đo gì' },
  { 'commune overdue': 'deadlines that passed', 'department overdue': 'deadlines that passed', 'commune rating': 'mean rating, 1 to 5', 'department rating': 'mean rating, 1 to 5', 'official rating': 'mean rating, 1 to 5', 'sensor commune': 'where it stands', 'desk office': 'its office', 'official office': 'its office', 'sensor kind': 'what it watches' },
  { 'commune overdue': 'échéances dépassées', 'department overdue': 'échéances dépassées', 'commune rating': 'note moyenne, 1 à 5', 'department rating': 'note moyenne, 1 à 5', 'official rating': 'note moyenne, 1 à 5', 'sensor commune': 'où il se trouve', 'desk office': 'son service', 'official office': 'son service', 'sensor kind': 'ce qu’il mesure' },
);

const units = texts(
  { 'working hours': 'giờ làm việc', 'working minutes': 'phút làm việc', metres: 'mét', 'degrees north': 'độ vĩ bắc', 'degrees east': 'độ kinh đông', 'vehicles an hour': 'xe mỗi giờ', number: 'số', moment: 'thời điểm', flag: 'đúng/sai', word: 'từ', id: 'mã', text: 'chữ', words: 'từ cần tìm', place: 'vị trí' },
  { 'working hours': 'working hours', 'working minutes': 'working minutes', metres: 'metres', 'degrees north': 'degrees north', 'degrees east': 'degrees east', 'vehicles an hour': 'vehicles an hour', number: 'number', moment: 'moment', flag: 'true or false', word: 'word', id: 'identity', text: 'text', words: 'words sought', place: 'place' },
  { 'working hours': 'heures ouvrées', 'working minutes': 'minutes ouvrées', metres: 'mètres', 'degrees north': 'degrés nord', 'degrees east': 'degrés est', 'vehicles an hour': 'véhicules à l’heure', number: 'nombre', moment: 'instant', flag: 'vrai ou faux', word: 'mot', id: 'identité', text: 'texte', words: 'mots cherchés', place: 'lieu' },
);

const found = (all: object, name: string): string | undefined => (all as Record<string, string | undefined>)[name];

/** The word for an attribute of a kind of twin; undefined for one that a newer city has. */
export function attributeName(name: string, type = ''): string | undefined {
  const dot = name.lastIndexOf('.');
  const [before, after] = [name.slice(0, dot), name.slice(dot + 1)];
  if (dot > 0 && after === 'at' && found(measured(), before)) {
    return joined().at(found(measured(), before)!);
  }
  if (dot > 0 && (before === 'hour' || before === 'day') && found(statistics(), after)) {
    return joined()[before](found(statistics(), after)!);
  }
  return found(ofKind(), `${type} ${name}`) ?? found(plain(), name) ?? found(measured(), name);
}

/** The word for a unit, or for a type of values; a sign of a unit is the same in all languages. */
export function unitName(unit: string): string {
  return found(units(), unit) ?? unit;
}
