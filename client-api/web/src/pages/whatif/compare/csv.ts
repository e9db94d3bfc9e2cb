import type { ComparisonAnswer, EstimateReading } from '../../../bench/contract';

/** A comparison as a table for other programs: a line for each figure and run. */
export function csvOf(answer: ComparisonAnswer): string {
  const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const range = (e: EstimateReading | null | undefined) => [e?.estimate, e?.low, e?.high].map((v) => v ?? '').join(',');
  const lines = ['figure,unit,run,name,value,value_low,value_high,difference,difference_low,difference_high,p'];
  for (const f of answer.figures) {
    lines.push(`${f.key},${f.unit},base,base,${range(f.base)},,,,`);
    answer.runs.forEach((r, i) => lines.push(`${f.key},${f.unit},${r.id},${quote(r.name)},${range(f.values[i])},${range(f.fromBase[i])},${f.pValues[i] ?? ''}`));
  }
  return `${lines.join('\n')}\n`;
}
