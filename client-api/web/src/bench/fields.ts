// Fields of work and skills of desks, as city folders name them in their tables.
import { language } from '../i18n/language';

const vi: Record<string, string> = {
  advertising: 'Quảng cáo', business: 'Hộ kinh doanh', certification: 'Chứng thực', 'civil-status': 'Hộ tịch', conformity: 'Hợp chuẩn, hợp quy', construction: 'Xây dựng', 'construction-permit': 'Giấy phép xây dựng', culture: 'Văn hóa', 'diploma-copy': 'Bản sao văn bằng',
  driving: 'Lái xe', 'driving-licence': 'Giấy phép lái xe', education: 'Giáo dục', enterprise: 'Doanh nghiệp', environment: 'Môi trường', 'environment-permit': 'Giấy phép môi trường', feedback: 'Phản ánh, kiến nghị', flood: 'Ngập lụt, bão', 'food-safety': 'An toàn thực phẩm', health: 'Y tế', 'health-practice': 'Hành nghề y',
  identity: 'Căn cước', inspection: 'Kiểm tra hiện trường', 'judicial-record': 'Lý lịch tư pháp', labour: 'Lao động', land: 'Đất đai', 'land-registry': 'Đăng ký đất đai', lighting: 'Chiếu sáng', noise: 'Tiếng ồn', other: 'Khác', promotion: 'Khuyến mại', 'public-administration': 'Hành chính công', 'public-transport': 'Giao thông công cộng',
  residence: 'Cư trú', roads: 'Đường sá, thoát nước', science: 'Khoa học', security: 'An ninh', 'smart-city': 'Đô thị thông minh', social: 'Bảo trợ xã hội', 'tour-guide': 'Hướng dẫn viên', tourism: 'Du lịch', trade: 'Thương mại', traffic: 'Giao thông', transport: 'Vận tải', trees: 'Cây xanh', 'urban-order': 'Trật tự đô thị', utilities: 'Điện, nước, viễn thông', 'vehicle-badge': 'Phù hiệu xe', 'work-permit': 'Giấy phép lao động',
};

const fr: Record<string, string> = {
  advertising: 'Publicité', business: 'Commerces individuels', certification: 'Certification', 'civil-status': 'État civil', conformity: 'Conformité', construction: 'Construction', 'construction-permit': 'Permis de construire', culture: 'Culture', 'diploma-copy': 'Copies de diplômes',
  driving: 'Conduite', 'driving-licence': 'Permis de conduire', education: 'Éducation', enterprise: 'Entreprises', environment: 'Environnement', 'environment-permit': 'Permis environnemental', feedback: 'Signalements', flood: 'Inondations, tempêtes', 'food-safety': 'Sécurité alimentaire', health: 'Santé', 'health-practice': 'Exercice médical',
  identity: 'Identité', inspection: 'Inspection', 'judicial-record': 'Casier judiciaire', labour: 'Travail', land: 'Foncier', 'land-registry': 'Cadastre', lighting: 'Éclairage', noise: 'Bruit', other: 'Autres', promotion: 'Promotions', 'public-administration': 'Administration', 'public-transport': 'Transports publics',
  residence: 'Résidence', roads: 'Voirie', science: 'Sciences', security: 'Sécurité', 'smart-city': 'Ville intelligente', social: 'Protection sociale', 'tour-guide': 'Guides touristiques', tourism: 'Tourisme', trade: 'Commerce', traffic: 'Circulation', transport: 'Transport', trees: 'Arbres', 'urban-order': 'Ordre urbain', utilities: 'Réseaux', 'vehicle-badge': 'Vignettes', 'work-permit': 'Permis de travail',
};

/** The word for a field or a skill; its code made readable where a city has one of its own. */
export function fieldWord(code: string): string {
  const plain = code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
  return (language.value === 'vi' ? vi[code] : language.value === 'fr' ? fr[code] : undefined) ?? plain;
}
