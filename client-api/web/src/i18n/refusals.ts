// Why something was not done, in plain words. The names are the stable problem types of docs/api.md.
import { Problem } from '../api/client';
import { texts, language } from './language';
import { queryMistake } from './queryMistakes';

const refusals = texts(
  {
    unreachable: 'Không kết nối được tới máy chủ. Kiểm tra mạng rồi thử lại.', overloaded: 'Thành phố đang quá tải; chưa có gì thay đổi. Vui lòng thử lại.', unavailable: 'Thành phố chưa nhận lệnh lúc này; chưa có gì thay đổi. Vui lòng thử lại.',
    'case-not-filed': 'Không có hồ sơ này.', 'unknown-twin': 'Không tìm thấy.', 'unknown-route': 'Không có gì ở địa chỉ này.', 'case-not-in-hand': 'Hồ sơ không do cán bộ này xử lý.', 'case-not-waiting': 'Hồ sơ không chờ công dân.',
    'case-not-open': 'Hồ sơ đã kết thúc hoặc đã có kết quả.', 'case-not-resolved': 'Chưa có kết quả.', 'case-already-rated': 'Hồ sơ đã được đánh giá.', 'reopen-too-late': 'Đã quá thời hạn mở lại.', 'already-at-city-level': 'Hồ sơ đã ở cấp sở, ngành.',
    'not-at-city-level': 'Hồ sơ không ở cấp sở, ngành.', 'no-department-for-field': 'Không có sở, ngành phụ trách lĩnh vực này.', 'already-there': 'Hồ sơ đã ở đó.', 'case-on-its-way': 'Hồ sơ đang trên đường tới quầy; hãy thử lại sau giây lát.',
    'desk-not-open': 'Quầy không mở.', 'desk-empty': 'Không có hồ sơ nào đang chờ ở quầy.', 'official-not-at-desk': 'Cán bộ không làm việc tại quầy này.', 'official-hands-full': 'Cán bộ đang giữ số hồ sơ tối đa cho phép.', 'case-not-at-desk': 'Hồ sơ không ở quầy này.',
    'last-official': 'Quầy cần ít nhất một cán bộ khi còn hồ sơ chờ.', 'api-key-required': 'Cần khóa truy cập.', 'invalid-request': 'Yêu cầu có chỗ sai.', 'out-of-range': 'Nội dung trống, quá dài hoặc số ngoài phạm vi.', unexpected: 'Máy chủ gặp lỗi.',
    'unknown-run': 'Không có lượt chạy này; có thể đã bị xóa.', 'run-without-result': 'Lượt chạy này không có kết quả như vậy.', 'runs-not-comparable': 'Các lượt này không so sánh được: khác nền, thời điểm, số ngày hoặc hạt ngẫu nhiên, nên không ghép cặp được.', 'too-many-runs': 'Đã có quá nhiều lượt đang chờ. Đợi một lượt xong, hoặc dừng bớt.', 'scenario-has-mistakes': 'Kịch bản có chỗ sai.', 'unknown-base': 'Không có thành phố này.',
  },
  {
    unreachable: 'The server cannot be reached. Check the network and try again.', overloaded: 'The city has more to do than it can; nothing changed. Try again.', unavailable: 'The city takes no commands now; nothing changed. Try again.',
    'case-not-filed': 'There is no such case.', 'unknown-twin': 'There is no such thing in this city.', 'unknown-route': 'There is nothing at this address.', 'case-not-in-hand': 'This official does not have the case in hand.', 'case-not-waiting': 'The case does not wait for the citizen.',
    'case-not-open': 'The case has ended or has its result.', 'case-not-resolved': 'There is no result yet.', 'case-already-rated': 'The case was rated before.', 'reopen-too-late': 'The time for reopening has passed.', 'already-at-city-level': 'The case is with a department already.',
    'not-at-city-level': 'The case is not with a department.', 'no-department-for-field': 'No department answers for this field.', 'already-there': 'The case is there already.', 'case-on-its-way': 'The case is on its way to a desk; try again in a moment.',
    'desk-not-open': 'The desk is not open.', 'desk-empty': 'Nothing waits at this desk.', 'official-not-at-desk': 'The official does not work at this desk.', 'official-hands-full': 'The official has as many cases in hand as allowed.', 'case-not-at-desk': 'The case does not wait at this desk.',
    'last-official': 'A desk needs at least one official while cases wait.', 'api-key-required': 'An API key is needed.', 'invalid-request': 'The request has mistakes.', 'out-of-range': 'A text is empty or too long, or a number is out of its range.', unexpected: 'The server failed.',
    'unknown-run': 'There is no such run; it may have been deleted.', 'run-without-result': 'The run has no such result.', 'runs-not-comparable': 'These runs cannot be compared: their base, moment, days or seed differ, so they make no pairs.', 'too-many-runs': 'Too many runs wait already. Come back when one has ended, or stop one.', 'scenario-has-mistakes': 'The scenario has mistakes.', 'unknown-base': 'There is no such city.',
  },
  {
    unreachable: 'Le serveur est injoignable. Vérifiez le réseau et réessayez.', overloaded: 'La ville est débordée ; rien n’a changé. Réessayez.', unavailable: 'La ville ne prend pas d’ordre pour l’instant ; rien n’a changé. Réessayez.',
    'case-not-filed': 'Ce dossier n’existe pas.', 'unknown-twin': 'Introuvable dans cette ville.', 'unknown-route': 'Il n’y a rien à cette adresse.', 'case-not-in-hand': 'Cet agent n’a pas le dossier en main.', 'case-not-waiting': 'Le dossier n’attend pas l’usager.',
    'case-not-open': 'Le dossier est terminé ou a déjà son résultat.', 'case-not-resolved': 'Il n’y a pas encore de résultat.', 'case-already-rated': 'Le dossier a déjà été noté.', 'reopen-too-late': 'Le délai de réouverture est passé.', 'already-at-city-level': 'Le dossier est déjà dans une direction.',
    'not-at-city-level': 'Le dossier n’est pas dans une direction.', 'no-department-for-field': 'Aucune direction ne répond de ce domaine.', 'already-there': 'Le dossier y est déjà.', 'case-on-its-way': 'Le dossier est en route vers un guichet ; réessayez dans un instant.',
    'desk-not-open': 'Le guichet n’est pas ouvert.', 'desk-empty': 'Rien n’attend à ce guichet.', 'official-not-at-desk': 'L’agent ne travaille pas à ce guichet.', 'official-hands-full': 'L’agent a déjà autant de dossiers en main que permis.', 'case-not-at-desk': 'Le dossier n’attend pas à ce guichet.',
    'last-official': 'Un guichet garde au moins un agent tant que des dossiers attendent.', 'api-key-required': 'Une clé d’API est requise.', 'invalid-request': 'La demande contient des erreurs.', 'out-of-range': 'Un texte est vide ou trop long, ou un nombre hors limites.', unexpected: 'Le serveur a échoué.',
    'unknown-run': 'Ce calcul n’existe pas ; il a pu être supprimé.', 'run-without-result': 'Le calcul n’a pas ce résultat.', 'runs-not-comparable': 'Ces calculs ne se comparent pas : base, instant, jours ou graine diffèrent, ils ne forment pas de paires.', 'too-many-runs': 'Trop de calculs attendent déjà. Revenez quand l’un aura fini, ou arrêtez-en un.', 'scenario-has-mistakes': 'Le scénario contient des erreurs.', 'unknown-base': 'Cette ville n’existe pas.',
  },
);

/** An error in plain words, and where the request was wrong. */
export function explain(error: unknown): { text: string; places: readonly { path: string; reason: string }[] } {
  if (error instanceof Problem) {
    const known = (refusals() as Record<string, string | undefined>)[error.kind];
    // A refusal that these pages do not know yet is told as the city tells it, in English.
    return { text: known ?? error.detail ?? error.title, places: error.errors.map((e) => (e.at === undefined ? e : { ...e, reason: queryMistake(e.reason, e.expected) })) };
  }
  void language.value;
  return { text: error instanceof Error ? error.message : String(error), places: [] };
}
