import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { runs, takeRuns } from '../../city/runs';
import { useResource } from '../../city/resource';
import { liveBoard } from '../../city/board';
import { count } from '../../i18n/format';
import { named, texts } from '../../i18n/language';
import { bundledWords, ownStarters } from '../../bench/starters';
import { packed } from '../../bench/share';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { RunTable } from './RunTable';
import '../../bench/bench.css';

const t = texts(
  { title: 'Bàn hoạch định', intro: 'Đổi thành phố trên giấy, mô phỏng nhiều lần với cùng ngẫu nhiên, và xem khác biệt cùng độ chắc chắn. Thành phố thật không bị đụng tới.', fresh: 'Kịch bản mới', trust: 'Tin mô hình tới đâu', begin: 'Bắt đầu từ một câu hỏi', own: (city: string) => `Về ${city}, từ trạng thái hiện tại`, bundled: 'Ví dụ lớn: Thành phố Hồ Chí Minh, từ thành phố trống', runs: 'Các lượt chạy', many: (n: string) => `${n} lượt`, none: 'Chưa có lượt chạy nào', noneBody: 'Chọn một câu hỏi ở trên: kịch bản mở ra với mọi thứ đã điền sẵn.', loading: 'Không đọc được danh sách ví dụ.' },
  { title: 'Planner’s bench', intro: 'Change the city on paper, simulate it many times over with the same chance, and see the difference and how sure it is. The real city is not touched.', fresh: 'New scenario', trust: 'How far to trust the model', begin: 'Begin with a question', own: (city: string) => `About ${city}, from the city as it stands`, bundled: 'Large examples: Ho Chi Minh City, from an empty city', runs: 'Runs', many: (n: string) => `${n} runs`, none: 'No runs yet', noneBody: 'Choose a question above: the scenario opens with everything filled in.', loading: 'The examples could not be read.' },
  { title: 'Banc de prévision', intro: 'Changez la ville sur le papier, simulez-la de nombreuses fois avec le même hasard, et voyez la différence et sa certitude. La ville réelle n’est pas touchée.', fresh: 'Nouveau scénario', trust: 'Quelle confiance dans le modèle', begin: 'Commencer par une question', own: (city: string) => `Sur ${city}, depuis l’état présent`, bundled: 'Grands exemples : Hô Chi Minh-Ville, depuis une ville vide', runs: 'Calculs', many: (n: string) => `${n} calculs`, none: 'Aucun calcul', noneBody: 'Choisissez une question ci-dessus : le scénario s’ouvre, tout est rempli.', loading: 'Les exemples n’ont pas pu être lus.' },
);

/** Where planning begins: questions to start from, and all runs. */
export default function BenchPage() {
  const reading = useResource('whatif runs', async (signal) => {
    const answer = await get('/whatif/runs', { signal });
    takeRuns(answer.items);
    return answer;
  }, 10_000);
  const all = [...runs.value.values()].filter((r) => r.kind === 'whatif').sort((a, b) => b.id - a.id);
  return (
    <div class="page">
      <div class="page-head">
        <div style={{ maxWidth: '76ch' }}>
          <h1>{t().title}</h1>
          <p>{t().intro}</p>
        </div>
        <div class="actions">
          <a class="button" href="/whatif/calibration">{t().trust}</a>
          <a class="button primary" href="/whatif/new">{t().fresh}</a>
        </div>
      </div>
      <Starters />
      <section class="card" aria-labelledby="runs">
        <div class="card-head"><h2 id="runs">{t().runs}</h2>{all.length > 0 && <span class="soft">{t().many(count(all.length))}</span>}</div>
        {reading.error !== undefined && reading.value && <Old error={reading.error} retry={reading.reload} />}
        {!reading.value && all.length === 0 ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />)
          : all.length === 0 ? <Empty title={t().none}><p>{t().noneBody}</p></Empty> : <RunTable runs={all} />}
      </section>
    </div>
  );
}

function Starters() {
  const bundled = useResource('whatif scenarios', (signal) => get('/whatif/scenarios', { signal }));
  const own = ownStarters();
  const [links, setLinks] = useState<Record<string, string>>({});
  const texts_ = own.map((s) => s.text).join('\n');
  useEffect(() => {
    void Promise.all(own.map(async (s) => [s.name, `/whatif/new?draft=${(await packed(s.text)) ?? ''}`] as const)).then((pairs) => setLinks(Object.fromEntries(pairs)));
  }, [texts_]);
  return (
    <section aria-labelledby="begin" class="card">
      <div class="card-head"><h2 id="begin">{t().begin}</h2></div>
      <div class="card-body">
        <div class="starter-group">
          <h3>{t().own(named(liveBoard.value, '…'))}</h3>
          <ul class="starters">{own.map((s) => <li key={s.name}><a class="starter" href={links[s.name] ?? '/whatif/new'}><b>{s.title}</b><small>{s.note}</small></a></li>)}</ul>
        </div>
        <div class="starter-group">
          <h3>{t().bundled}</h3>
          {!bundled.value ? (bundled.error ? <p class="note bad" role="alert">{t().loading}</p> : <Loading lines={2} />) : (
            <ul class="starters">
              {bundled.value.items.map((s) => {
                const words = bundledWords(s.name);
                return <li key={s.name}><a class="starter" href={`/whatif/new?from=${s.name}`}><b>{words?.title ?? s.title}</b><small>{words?.note ?? s.description}</small></a></li>;
              })}
            </ul>
          )}
        </div>
      </div>
    </section>
  );
}
