// What is wrong with a scenario, in the reader's language. The city tells a kind of mistake with what to fill its words with, and the same in English.
import type { ErrorCode } from 'yaml';
import type { Wrong } from '../api/client';
import type { components } from '../api/schema';
import { language } from '../i18n/language';

type MistakeCode = components['schemas']['MistakeCode'];
type Say = (a: string, b: string, c: string) => string;

const vi: Record<MistakeCode, Say> = {
  tooLong: (n) => `dài hơn ${n} ký tự`,
  tooDeep: (n) => `lồng sâu hơn ${n} cấp`,
  notYaml: (why) => `không phải YAML: ${why}`,
  empty: () => 'trống: cần name, base và changes',
  noMapping: (keys) => `cần các khóa ${keys}`,
  unknownKey: (key, known) => `không có khóa “${key}”; có thể dùng ${known}`,
  missingKey: (key) => `thiếu “${key}”`,
  noText: () => 'cần một đoạn chữ',
  unsetName: (name) => `“${name}” chưa có giá trị: hãy đặt dưới sweep`,
  noNumber: (low, high, found) => `cần một số từ ${low} đến ${high}, không phải “${found}”`,
  outOfRange: (low, high, found) => `cần một số từ ${low} đến ${high}, đang là ${found}`,
  notWhole: (low, high, found) => `cần một số nguyên từ ${low} đến ${high}, đang là ${found}`,
  noDate: (found) => `cần một ngày như 2027-01-25, không phải “${found}”`,
  unknownWord: (words, found) => `chọn một trong ${words}, không có “${found}”`,
  noName: () => 'cần một tên',
  unusedName: (name) => `có giá trị cho “$${name}” nhưng không chỗ nào dùng`,
  warmUpTooLong: (days, all) => `số ngày chạy đà (${days}) phải ít hơn số ngày mô phỏng (${all})`,
  noChanges: () => 'cần một danh sách thay đổi, mỗi thay đổi bắt đầu bằng “-”',
  periodEndsEarly: (to, from) => `thời gian kết thúc (${to}) trước khi bắt đầu (${from})`,
  notOneLever: (levers, found) => `mỗi thay đổi cần đúng một trong ${levers}, đang có ${found}`,
  notOneOf: (keys) => `cần đúng một trong ${keys}`,
  noSweepNames: () => 'cần các tên cùng giá trị, như officers: 1..6',
  noSweepValues: (most, found) => `cần giá trị như 1..6, 0.1..0.5 step 0.1, hoặc nhiều nhất ${most} số; không phải “${found}”`,
  noHours: (found) => `cần giờ như 07:30-11:30, không phải “${found}”`,
  noDays: (found) => `cần các ngày như mon-fri, hoặc sat, không phải “${found}”`,
  noDayOfWork: () => 'cần 1 đến 8 khoảng giờ như 07:30-11:30, nối tiếp nhau',
  unknownOffice: (name, city) => `${city} không có cơ quan “${name}”`,
  unknownService: (name, city) => `${city} không có thủ tục hay lĩnh vực “${name}”`,
  unknownSkill: (name, city) => `${city} không có kỹ năng “${name}”`,
  tooManyCombinations: (n, names, most) => `${n} tổ hợp của ${names}; nhiều nhất ${most}`,
  unknownCity: (name, cities) => `không có thành phố “${name}”; có live, ${cities}`,
};

const fr: Record<MistakeCode, Say> = {
  tooLong: (n) => `plus de ${n} caractères`,
  tooDeep: (n) => `imbriqué de plus de ${n} niveaux`,
  notYaml: (why) => `ce n’est pas du YAML : ${why}`,
  empty: () => 'vide : il faut name, base et changes',
  noMapping: (keys) => `il faut des clés parmi ${keys}`,
  unknownKey: (key, known) => `la clé « ${key} » n’existe pas ; clés possibles : ${known}`,
  missingKey: (key) => `« ${key} » manque`,
  noText: () => 'il faut un texte',
  unsetName: (name) => `« ${name} » n’a pas de valeur : donnez-la sous sweep`,
  noNumber: (low, high, found) => `il faut un nombre de ${low} à ${high}, et non « ${found} »`,
  outOfRange: (low, high, found) => `il faut un nombre de ${low} à ${high}, c’est ${found}`,
  notWhole: (low, high, found) => `il faut un nombre entier de ${low} à ${high}, c’est ${found}`,
  noDate: (found) => `il faut une date comme 2027-01-25, et non « ${found} »`,
  unknownWord: (words, found) => `choisissez parmi ${words} ; « ${found} » n’en est pas`,
  noName: () => 'il faut un nom',
  unusedName: (name) => `« $${name} » a une valeur mais ne sert nulle part`,
  warmUpTooLong: (days, all) => `les jours de mise en route (${days}) doivent être moins que les jours simulés (${all})`,
  noChanges: () => 'il faut une liste de changements, chacun après un « - »',
  periodEndsEarly: (to, from) => `la période finit (${to}) avant de commencer (${from})`,
  notOneLever: (levers, found) => `un changement demande exactement un levier parmi ${levers} ; il y en a ${found}`,
  notOneOf: (keys) => `il en faut exactement un parmi ${keys}`,
  noSweepNames: () => 'il faut des noms et leurs valeurs, comme officers: 1..6',
  noSweepValues: (most, found) => `il faut des valeurs comme 1..6, 0.1..0.5 step 0.1, ou ${most} nombres au plus ; et non « ${found} »`,
  noHours: (found) => `il faut des heures comme 07:30-11:30, et non « ${found} »`,
  noDays: (found) => `il faut des jours comme mon-fri, ou sat, et non « ${found} »`,
  noDayOfWork: () => 'il faut 1 à 8 plages comme 07:30-11:30, l’une après l’autre',
  unknownOffice: (name, city) => `${city} n’a pas de service « ${name} »`,
  unknownService: (name, city) => `${city} n’a ni démarche ni domaine « ${name} »`,
  unknownSkill: (name, city) => `${city} n’a pas la compétence « ${name} »`,
  tooManyCombinations: (n, names, most) => `${n} combinaisons de ${names} ; ${most} au plus`,
  unknownCity: (name, cities) => `la ville « ${name} » n’existe pas ; il y a live, ${cities}`,
};

const near = { vi: (name: string) => ` (ý bạn là “${name}”?)`, fr: (name: string) => ` (vouliez-vous dire « ${name} » ?)` };

/** Why a place of a scenario is wrong. */
export function reasonOf(wrong: Wrong): string {
  const spoken = language.value;
  const say = spoken === 'en' || !wrong.code ? undefined : { vi, fr }[spoken][wrong.code];
  // English is the city's own; so is a kind that these pages do not know yet.
  if (!say || spoken === 'en') {
    return wrong.reason;
  }
  const [a = '', b = '', c = ''] = wrong.values ?? [];
  return say(a, b, c) + (wrong.nearest ? near[spoken](wrong.nearest) : '');
}

const broken: Record<'vi' | 'fr', Record<ErrorCode, string>> = {
  vi: {
    ALIAS_PROPS: 'một bí danh không có nhãn hay neo', BAD_ALIAS: 'bí danh không đúng', BAD_DIRECTIVE: 'chỉ dẫn không đúng', BAD_DQ_ESCAPE: 'ký tự sau dấu \\ trong ngoặc kép không đúng', BAD_INDENT: 'thụt dòng không đều', BAD_PROP_ORDER: 'neo và nhãn đứng sai chỗ',
    BAD_SCALAR_START: 'một giá trị không bắt đầu bằng ký tự này', BLOCK_AS_IMPLICIT_KEY: 'một khóa phải gọn trên một dòng', BLOCK_IN_FLOW: 'trong ngoặc không được xuống dòng kiểu danh sách', DUPLICATE_KEY: 'khóa này đã có', IMPOSSIBLE: 'không đọc được', KEY_OVER_1024_CHARS: 'khóa dài hơn 1024 ký tự',
    MISSING_CHAR: 'thiếu dấu đóng ngoặc, dấu nháy hoặc dấu phẩy', MULTILINE_IMPLICIT_KEY: 'một khóa phải gọn trên một dòng', MULTIPLE_ANCHORS: 'nhiều neo cho một chỗ', MULTIPLE_DOCS: 'chỉ được một kịch bản', MULTIPLE_TAGS: 'nhiều nhãn cho một chỗ', NON_STRING_KEY: 'khóa phải là chữ',
    RESOURCE_EXHAUSTION: 'quá lớn', TAB_AS_INDENT: 'thụt dòng bằng dấu cách, không bằng phím Tab', TAG_RESOLVE_FAILED: 'nhãn không hiểu được', UNEXPECTED_TOKEN: 'không mong đợi ký tự này ở đây', BAD_COLLECTION_TYPE: 'nhãn không hợp với danh sách này',
  },
  fr: {
    ALIAS_PROPS: 'un alias n’a ni étiquette ni ancre', BAD_ALIAS: 'alias incorrect', BAD_DIRECTIVE: 'directive incorrecte', BAD_DQ_ESCAPE: 'échappement \\ incorrect entre guillemets', BAD_INDENT: 'retrait irrégulier', BAD_PROP_ORDER: 'ancre ou étiquette mal placée',
    BAD_SCALAR_START: 'une valeur ne commence pas par ce caractère', BLOCK_AS_IMPLICIT_KEY: 'une clé tient sur une ligne', BLOCK_IN_FLOW: 'pas de liste à tirets entre crochets', DUPLICATE_KEY: 'cette clé existe déjà', IMPOSSIBLE: 'illisible', KEY_OVER_1024_CHARS: 'clé de plus de 1024 caractères',
    MISSING_CHAR: 'il manque un crochet, un guillemet ou une virgule', MULTILINE_IMPLICIT_KEY: 'une clé tient sur une ligne', MULTIPLE_ANCHORS: 'plusieurs ancres au même endroit', MULTIPLE_DOCS: 'un seul scénario à la fois', MULTIPLE_TAGS: 'plusieurs étiquettes au même endroit', NON_STRING_KEY: 'une clé est un texte',
    RESOURCE_EXHAUSTION: 'trop grand', TAB_AS_INDENT: 'le retrait se fait par des espaces, pas par des tabulations', TAG_RESOLVE_FAILED: 'étiquette inconnue', UNEXPECTED_TOKEN: 'caractère inattendu ici', BAD_COLLECTION_TYPE: 'cette étiquette ne va pas à cette liste',
  },
};

/** Why a text is no YAML, as the reader of YAML in these pages found it. */
export function brokenReason(code: ErrorCode, message: string): string {
  const spoken = language.value;
  return spoken === 'en' ? message : broken[spoken][code] ?? message;
}
