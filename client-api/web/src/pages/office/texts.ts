import { texts } from '../../i18n/language';

const measures = (all: Record<string, string>) => (m: string) => all[m] ?? m;

export const t = texts(
  {
    forecast: 'Dự báo 28 ngày', made: (at: string) => `lập ${at}`, measure: 'Chỉ tiêu', measureOf: measures({ backlog: 'Tồn đọng cuối ngày', arrivals: 'Hồ sơ đến mỗi ngày', completions: 'Hồ sơ xong mỗi ngày', onTimeShare: 'Tỷ lệ đúng hạn' }), by: 'Cách dự báo', statistical: 'Từ quá khứ', structural: 'Mô phỏng thành phố',
    noForecast: 'Chưa có dự báo', noForecastBody: (n: string) => `Dự báo lập từ ngày của chính thành phố: cần ít nhất tám ngày trọn vẹn, hiện có ${n}.`, expected: 'Kỳ vọng', happened: 'Đã xảy ra', saidBefore: 'Dự báo trước', saidOn: (d: string) => `dự báo ngày ${d}`, describeForecast: (m: string, v: string, a: string, b: string, d: string) => `${m}: kỳ vọng ${v} vào ${d}, khoảng 80 % từ ${a} đến ${b}.`,
    fromDays: (n: string) => `từ ${n} ngày`, noBacktest: 'chưa kiểm nghiệm được', backtest: (e: string, n: string, good: boolean) => `sai số kiểm nghiệm ${e} lần dự báo ngây thơ (${n} mốc): ${good ? 'tốt hơn' : 'không hơn'}`, fewDays: 'Mới dựa trên ít hơn sáu tuần: đừng tin nhiều.', noScores: 'Chưa có dự báo nào đủ cũ để đối chiếu.', scores: 'Dự báo trước và điều đã xảy ra', forecastFrom: 'Dự báo từ', daysPassed: 'Ngày đã qua', error: 'Sai số TB', within: (p: string) => `Trong ${p} %`,
    indicators: 'Chỉ số', online: 'Nộp trực tuyến', reuse: 'Giấy tờ dùng lại', reopened: 'Bị khiếu nại, mở lại', escalated: 'Chuyển lên', days: 'Ngày làm việc trung bình', satisfaction: 'Hài lòng', quality: 'Chất lượng dữ liệu', of: (a: string, b: string) => `${a} trên ${b}`,
    officials: 'Cán bộ', handled: 'Đã giải quyết', noOfficials: 'Không có cán bộ', worked: 'Giờ xử lý', hours: (n: string) => `${n} giờ`, place: 'Cán bộ', more: (n: string) => `và ${n} người nữa`,
    sensors: 'Cảm biến', noSensors: 'Không có cảm biến ở đây', correct: 'đúng', sufficient: 'đủ', clean: 'sạch', live: 'sống', unified: 'thống nhất', shared: 'dùng chung',
  },
  {
    forecast: 'The next 28 days', made: (at: string) => `made ${at}`, measure: 'Measure', measureOf: measures({ backlog: 'Backlog at the day’s end', arrivals: 'Cases that come a day', completions: 'Cases that end a day', onTimeShare: 'Share on time' }), by: 'How', statistical: 'From its past', structural: 'Simulated city',
    noForecast: 'No forecast yet', noForecastBody: (n: string) => `It is made from the city’s own days: eight whole ones are needed, there are ${n}.`, expected: 'Expected', happened: 'Happened', saidBefore: 'Forecast before', saidOn: (d: string) => `forecast of ${d}`, describeForecast: (m: string, v: string, a: string, b: string, d: string) => `${m}: ${v} expected on ${d}, 80 % interval ${a} to ${b}.`,
    fromDays: (n: string) => `from ${n} days`, noBacktest: 'not backtested', backtest: (e: string, n: string, good: boolean) => `backtest error ${e} of the naive forecast’s (${n} origins): ${good ? 'better' : 'no better'}`, fewDays: 'Made from less than six weeks: expect little of it.', noScores: 'No forecast is old enough to be compared yet.', scores: 'Earlier forecasts and what happened', forecastFrom: 'Forecast from', daysPassed: 'Days passed', error: 'Mean error', within: (p: string) => `Within ${p} %`,
    indicators: 'Indicators', online: 'Filed online', reuse: 'Documents reused', reopened: 'Objected to', escalated: 'Escalated', days: 'Mean working days', satisfaction: 'Satisfaction', quality: 'Data quality', of: (a: string, b: string) => `${a} of ${b}`,
    officials: 'Officials', handled: 'Handled', noOfficials: 'No officials', worked: 'Worked', hours: (n: string) => `${n} h`, place: 'Official', more: (n: string) => `and ${n} more`,
    sensors: 'Sensors', noSensors: 'No sensors here', correct: 'correct', sufficient: 'sufficient', clean: 'clean', live: 'live', unified: 'unified', shared: 'shared',
  },
  {
    forecast: 'Les 28 jours à venir', made: (at: string) => `fait le ${at}`, measure: 'Mesure', measureOf: measures({ backlog: 'Stock en fin de jour', arrivals: 'Dossiers reçus par jour', completions: 'Dossiers finis par jour', onTimeShare: 'Part dans les délais' }), by: 'Méthode', statistical: 'D’après le passé', structural: 'Ville simulée',
    noForecast: 'Pas encore de prévision', noForecastBody: (n: string) => `Elle se fait sur les jours de la ville : il en faut huit entiers, il y en a ${n}.`, expected: 'Attendu', happened: 'Réalisé', saidBefore: 'Prévu avant', saidOn: (d: string) => `prévision du ${d}`, describeForecast: (m: string, v: string, a: string, b: string, d: string) => `${m} : ${v} attendu le ${d}, intervalle à 80 % de ${a} à ${b}.`,
    fromDays: (n: string) => `sur ${n} jours`, noBacktest: 'non éprouvé', backtest: (e: string, n: string, good: boolean) => `erreur passée ${e} fois celle de la prévision naïve (${n} origines) : ${good ? 'meilleure' : 'pas meilleure'}`, fewDays: 'Moins de six semaines d’historique : s’y fier peu.', noScores: 'Aucune prévision assez ancienne pour être comparée.', scores: 'Prévisions passées et réalité', forecastFrom: 'Prévision du', daysPassed: 'Jours passés', error: 'Erreur moyenne', within: (p: string) => `Dans ${p} %`,
    indicators: 'Indicateurs', online: 'Déposés en ligne', reuse: 'Pièces réutilisées', reopened: 'Contestés', escalated: 'Transmis', days: 'Jours ouvrés en moyenne', satisfaction: 'Satisfaction', quality: 'Qualité des données', of: (a: string, b: string) => `${a} sur ${b}`,
    officials: 'Agents', handled: 'Traités', noOfficials: 'Aucun agent', worked: 'Travail', hours: (n: string) => `${n} h`, place: 'Agent', more: (n: string) => `et ${n} de plus`,
    sensors: 'Capteurs', noSensors: 'Aucun capteur ici', correct: 'correctes', sufficient: 'suffisantes', clean: 'propres', live: 'vivantes', unified: 'unifiées', shared: 'partagées',
  },
);
