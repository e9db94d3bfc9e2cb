// What is wrong with a query, in the reader's language. The city says it in English, with what was found in quotation marks (docs/query.md).
import { language } from './language';

type Say = (a: string, b: string) => string;

// One for each sentence of the city; what none fits is told as it came.
const sentences: readonly (readonly [RegExp, Say, Say])[] = [
  [/^'(.*)' is no value of '(.*)'$/, (a, b) => `“${a}” không phải giá trị của “${b}”`, (a, b) => `« ${a} » n’est pas une valeur de « ${b} »`],
  [/^a (\w+) has no attribute '(.*)'$/, (a, b) => `${a} không có thuộc tính “${b}”`, (a, b) => `${a} n’a pas d’attribut « ${b} »`],
  [/^'(.*)' is a (\w+) and cannot be compared so$/, (a) => `không so sánh “${a}” như vậy được`, (a) => `« ${a} » ne se compare pas ainsi`],
  [/^'(.*)' has no ranges$/, (a) => `“${a}” không có khoảng`, (a) => `« ${a} » n’a pas d’intervalles`],
  [/^a range is compared with == or != only$/, () => 'khoảng chỉ so sánh bằng == hoặc !=', () => 'un intervalle ne se compare qu’avec == ou !='],
  [/^the text ends$/, () => 'câu hỏi kết thúc ở đây', () => 'la requête s’arrête ici'],
  [/^'(.*)' cannot stand here$/, (a) => `“${a}” không đứng ở đây được`, (a) => `« ${a} » ne peut pas se trouver ici`],
  [/^the text in quotation marks does not end$/, () => 'thiếu dấu ngoặc kép đóng', () => 'le guillemet n’est pas fermé'],
  [/^the unit is missing$/, () => 'thiếu đơn vị', () => 'l’unité manque'],
  [/^there is no unit '(.*)'$/, (a) => `không có đơn vị “${a}”`, (a) => `l’unité « ${a} » n’existe pas`],
  [/^the pattern is missing$/, () => 'thiếu mẫu', () => 'le motif manque'],
  [/^the pattern cannot be read: (.*)$/, (a) => `không đọc được mẫu: ${a}`, (a) => `le motif est illisible : ${a}`],
  [/^the condition is longer than (.*) characters$/, (a) => `điều kiện dài hơn ${a} ký tự`, (a) => `la condition dépasse ${a} caractères`],
  [/^more than (\d+) levels of parentheses$/, (a) => `ngoặc lồng sâu hơn ${a} cấp`, (a) => `plus de ${a} niveaux de parenthèses`],
  [/^more than (\d+) entries$/, (a) => `nhiều hơn ${a} mục`, (a) => `plus de ${a} éléments`],
  [/^the groups have no column '(.*)'$/, (a) => `các nhóm không có cột “${a}”`, (a) => `les groupes n’ont pas de colonne « ${a} »`],
  [/^a function is missing$/, () => 'thiếu phép tính', () => 'la fonction manque'],
  [/^there is no function '(.*)'$/, (a) => `không có phép tính “${a}”`, (a) => `la fonction « ${a} » n’existe pas`],
  [/^'(.*)' is a (\w+)$/, (a) => `không tính được với “${a}”`, (a) => `« ${a} » ne se calcule pas ainsi`],
  [/^'(.*)' is for conditions only$/, (a) => `“${a}” chỉ dùng trong điều kiện`, (a) => `« ${a} » ne sert que dans une condition`],
  [/^groups have their own columns$/, () => 'nhóm có cột riêng', () => 'les groupes ont leurs propres colonnes'],
  [/^this is no place$/, () => 'đây không phải một vị trí', () => 'ce n’est pas un lieu'],
];

// What stands among what is expected and is no sign of the language.
const things: Readonly<Record<string, readonly [string, string]>> = {
  'a number': ['một số', 'un nombre'],
  'the name of a part': ['tên của một phần', 'le nom d’une partie'],
  'the end': ['hết câu', 'la fin'],
  'an attribute': ['một thuộc tính', 'un attribut'],
  'a text in quotation marks': ['chữ trong ngoặc kép', 'un texte entre guillemets'],
  'a regular expression without back references and look-around': ['biểu thức chính quy không có tham chiếu ngược hay nhìn quanh', 'une expression régulière sans références arrière ni assertions'],
};

const expects = { vi: (list: string) => `; cần ${list}`, fr: (list: string) => ` ; attendu : ${list}` };

/** A mistake in a query as people read it. */
export function queryMistake(reason: string, expected: readonly string[] = []): string {
  const list = expected.join(', ');
  const end = list ? `; expected ${list}` : '';
  const told = language.value;
  if (told === 'en' || !reason.endsWith(end)) {
    return reason;
  }
  const said = reason.slice(0, reason.length - end.length);
  for (const [english, vi, fr] of sentences) {
    const found = english.exec(said);
    if (found) {
      const wanted = expected.map((e) => things[e]?.[told === 'vi' ? 0 : 1] ?? e).join(', ');
      return (told === 'vi' ? vi : fr)(found[1] ?? '', found[2] ?? '') + (wanted && expects[told](wanted));
    }
  }
  return reason;
}
