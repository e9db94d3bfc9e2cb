// What made a forecast, in the reader's language. The server names models as docs/ml.md does.
import { count } from '../../i18n/format';
import { texts } from '../../i18n/language';

const of = (all: Record<string, string>) => (name: string) => all[name] ?? name;

const t = texts(
  {
    ensemble: (parts: string) => `Kết hợp: ${parts}`, engine: (runs: string) => `Mô phỏng từ trạng thái hiện tại, ${runs} lần chạy`,
    name: of({ Theta: 'Theta', 'exponential smoothing': 'san bằng mũ', 'seasonal naive': 'lặp theo mùa', 'seasonal naive, longer season': 'lặp theo mùa dài', 'harmonic regression': 'hồi quy điều hòa', 'relative regression': 'hồi quy tương đối', 'boosted trees': 'cây tăng cường' }),
  },
  { ensemble: (parts: string) => `Ensemble: ${parts}`, engine: (runs: string) => `The city simulated from its live state, ${runs} runs`, name: of({}) },
  {
    ensemble: (parts: string) => `Ensemble : ${parts}`, engine: (runs: string) => `La ville simulée depuis son état actuel, ${runs} passages`,
    name: of({ Theta: 'Thêta', 'exponential smoothing': 'lissage exponentiel', 'seasonal naive': 'naïve saisonnière', 'seasonal naive, longer season': 'naïve, saison longue', 'harmonic regression': 'régression harmonique', 'relative regression': 'régression relative', 'boosted trees': 'arbres boostés' }),
  },
);

// One model's name has a comma of its own.
const longer = /, (?!longer season)/;

export function modelName(model: string): string {
  const runs = /^what-if engine, (\d+) runs/.exec(model)?.[1];
  const members = /^ensemble of (.*)$/.exec(model)?.[1];
  const text = runs ? t().engine(count(Number(runs))) : members ? t().ensemble(members.split(longer).map((m) => t().name(m)).join(', ')) : t().name(model);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
