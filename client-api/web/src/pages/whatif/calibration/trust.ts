import type { OfficeCalibration } from '../../../bench/contract';
import { texts } from '../../../i18n/language';

export type Trust = OfficeCalibration['trust'];

/** How far the model can be trusted at an office, the best first. */
export const trusts: readonly Trust[] = ['good', 'fair', 'poor', 'fewCases', 'notFitted'];

export const trustWords = texts(
  { good: 'Đáng tin', fair: 'Tạm được', poor: 'Chưa đáng tin', fewCases: 'Quá ít hồ sơ', notFitted: 'Không có trong phần học' },
  { good: 'Good', fair: 'Fair', poor: 'Poor', fewCases: 'Too few cases', notFitted: 'Not in the fitted part' },
  { good: 'Bonne', fair: 'Passable', poor: 'Faible', fewCases: 'Trop peu de dossiers', notFitted: 'Absent de l’apprentissage' },
);

export const trustTones: Record<Trust, string> = { good: 'good', fair: 'warn', poor: 'bad', fewCases: 'soft', notFitted: 'soft' };
