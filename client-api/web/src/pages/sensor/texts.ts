import { texts } from '../../i18n/language';

export const t = texts(
  {
    latest: 'Số đo mới nhất', level: 'Mức cảnh báo', none: 'không', hour: 'Giờ qua', day: '24 giờ qua', range: (a: string, b: string) => `${a} đến ${b}`, chart: '24 giờ qua', describe: (n: string) => `${n} điểm đo trong 24 giờ, cùng các mức cảnh báo`, noReadings: 'Chưa có số đo trong 24 giờ qua', alerts: 'Cảnh báo', noAlerts: 'Không có cảnh báo nào', since: (at: string) => `từ ${at}`, seen: (at: string) => `đã xác nhận lúc ${at}`, acknowledge: 'Xác nhận đã thấy',
    silenced: (at: string) => `Tạm im đến ${at}: cảnh báo vẫn được ghi nhưng không mở hồ sơ.`, silence: 'Tạm im', lift: 'Bỏ tạm im', hours: 'Trong', hoursOf: (n: string) => `${n} giờ`, reason: 'Lý do', facts: 'Thông tin', topic: 'Chủ đề MQTT', commune: 'Xã, phường', place: 'Vị trí', levels: 'Ngưỡng', heard: 'Nghe lúc', cancel: 'Hủy', confirm: 'Xác nhận', levelOf: (n: string) => `Mức ${n}`, maintenance: (at: string) => `Bảo trì đến ${at}.`,
  },
  {
    latest: 'Latest reading', level: 'Alert level', none: 'none', hour: 'Last hour', day: 'Last 24 hours', range: (a: string, b: string) => `${a} to ${b}`, chart: 'The last 24 hours', describe: (n: string) => `${n} points in 24 hours, with the alert levels`, noReadings: 'No reading in the last 24 hours', alerts: 'Alerts', noAlerts: 'No alert', since: (at: string) => `since ${at}`, seen: (at: string) => `seen ${at}`, acknowledge: 'Mark as seen',
    silenced: (at: string) => `Silenced until ${at}: alerts are recorded but open no case.`, silence: 'Silence', lift: 'Lift the silence', hours: 'For', hoursOf: (n: string) => `${n} hours`, reason: 'Reason', facts: 'Facts', topic: 'MQTT topic', commune: 'Commune', place: 'Place', levels: 'Thresholds', heard: 'Heard', cancel: 'Cancel', confirm: 'Confirm', levelOf: (n: string) => `Level ${n}`, maintenance: (at: string) => `Under maintenance until ${at}.`,
  },
  {
    latest: 'Dernière mesure', level: 'Niveau d’alerte', none: 'aucun', hour: 'Dernière heure', day: 'Dernières 24 h', range: (a: string, b: string) => `${a} à ${b}`, chart: 'Les dernières 24 heures', describe: (n: string) => `${n} points en 24 heures, avec les niveaux d’alerte`, noReadings: 'Aucune mesure depuis 24 heures', alerts: 'Alertes', noAlerts: 'Aucune alerte', since: (at: string) => `depuis ${at}`, seen: (at: string) => `vue ${at}`, acknowledge: 'Marquer comme vue',
    silenced: (at: string) => `En sourdine jusqu’au ${at} : les alertes sont notées sans ouvrir de dossier.`, silence: 'Sourdine', lift: 'Lever la sourdine', hours: 'Pour', hoursOf: (n: string) => `${n} heures`, reason: 'Motif', facts: 'Informations', topic: 'Sujet MQTT', commune: 'Commune', place: 'Lieu', levels: 'Seuils', heard: 'Entendu', cancel: 'Annuler', confirm: 'Confirmer', levelOf: (n: string) => `Niveau ${n}`, maintenance: (at: string) => `En entretien jusqu’au ${at}.`,
  },
);
