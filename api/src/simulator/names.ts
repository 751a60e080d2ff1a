import type { Random } from './random.ts'

/** An invented company. */
export type Company = { name: string; industry: string; country: string }

/** What companies do, and what such companies call themselves. */
const TRADES: Record<string, readonly string[]> = {
  Food: ['Foods', 'Kitchens', 'Brewery', 'Tea'],
  Logistics: ['Logistics', 'Freight', 'Express', 'Shipping'],
  Software: ['Labs', 'Software', 'Systems', 'Works'],
  Finance: ['Bank', 'Capital', 'Securities', 'Leasing'],
  Manufacturing: ['Precision', 'Industries', 'Seiki', 'Materials'],
  Health: ['Clinic', 'Pharma', 'Medical', 'Care'],
  Retail: ['Stores', 'Market', 'Apparel', 'Living'],
  Property: ['Realty', 'Housing', 'Construction', 'Design'],
  Media: ['Press', 'Pictures', 'Studio', 'Media'],
  Energy: ['Energy', 'Solar', 'Power', 'Water'],
  Education: ['Academy', 'Learning', 'Publishing', 'Campus'],
  Travel: ['Hotels', 'Railways', 'Travel', 'Resorts'],
}

const JAPANESE =
  `Kitahama Minato Sora Tsubaki Hayase Asagiri Komorebi Takemori Shirakawa Hinode Kazaguruma Matsukaze Yukishiro Nagisa
Akebono Fujimidai Kawasemi Hoshinomura Yamabuki Suzukaze Momiji Tachibana Wakaba Aoi Hamanasu Isoyama Kurosaki Midorigaoka Nishijin Otowa
Ryokuchi Sakuragi Tamagawa Umineko Wakakusa Yoshikawa Zuiun Amagiri Benibana Chigusa Daichi Fukuju Harukaze Ibuki Janome Kagari Mizukaze
Namiki Oboro Rindo Shiosai Tokiwa Uguisu Wasabisawa Yuzuriha Akatsuki Botan Chidori Donguri Fuyume Goraiko Hatsuse Irodori Kakehashi Kinari
Kogane Makiba Mikazuki Murasaki Natsume Nijima Onagi Renge Sango Seiran Shigure Shinonome Sumire Takarabune Tenku Tobira Tsukimi Utsuwa
Yadori Yamanami Yomogi Shimanami Hagino Kaede Kuromatsu Ajisai Asunaro Chitose Enokida Fukinoto Gekkei Hamakaze Hizakura Itsuki Kamogawa
Kasumi Kikyo Kochidori Kurumi Madoka Manyo Minamo Misaki Mokuren Nadeshiko Nanohana Nemuri Oriduru Rokko Sagiri Satsuki Sazanami Sekirei
Shirasagi Susuki Tanpopo Tsubame Tsurugi Umekaze Ushio Utage Wataboshi Yaguruma Yonaga Yukari`.split(/\s+/)

const FOREIGN: readonly (readonly [string, string])[] = [
  [
    'US',
    'Northwind Lumen Cedarline Bluepeak Granite_Bay Riverstone Fairlight Copperfield Halcyon Ironwood Juniper Keystone_Hill Larkspur',
  ],
  [
    'US',
    'Meridian_Way Oakhaven Pinecrest Quarry_Lane Redfern Silverbrook Thornfield Umbra Verity Westmark Brightwater Aspen_Fork Maplewick',
  ],
  ['SG', 'Merlion_Quay Tanjong Orchid_Row Straits_View Kallang Bukit_Lane Rambutan Harbour_Nine Pandan Seletar'],
  ['DE', 'Steinbach Falkenried Tannengrund Nordlicht Hafenkante Lindenhof Rheinblick Sonnenfeld Waldeck Zeitraum'],
  [
    'GB',
    'Ashdown_Vale Brambling Cotswold_Edge Dunmore_Hall Fenwick_Lowe Hartwell Kestrel_Row Moorgate_Lane Penrose Wexcombe',
  ],
  ['AU', 'Banksia Coolabah Jarrah_Point Kookaburra_Creek Wattle_Grove Yarra_Bend'],
  ['FR', 'Belleroche Clairval Hauterive Montclar Rivesaltes Valombre'],
  ['KR', 'Haneul Byeolbit Sandeul Namsan_Gil Dalbit'],
]

/** The company of the demo's story comes first; the others follow in an order of their own, each name once. */
export function companies(random: Random): Company[] {
  const words = [
    ...JAPANESE.map((word) => ({ word, country: 'JP' })),
    ...FOREIGN.flatMap(([country, list]) => list.split(' ').map((word) => ({ word: word.replace('_', ' '), country }))),
  ]
  const trades = words.map(({ word, country }) => tradesOf(word, country, random))
  // Namesakes come late: first one company of every word, then a second one.
  const rounds = [0, 1, 2].flatMap((round) =>
    shuffled(
      trades.flatMap((list) => list.slice(round, round + 1)),
      random,
    ),
  )
  return [{ name: 'Aozora', industry: 'Retail', country: 'JP' }, ...rounds]
}

function tradesOf(word: string, country: string, random: Random): Company[] {
  return shuffled(Object.entries(TRADES), random)
    .slice(0, 3)
    .map(([industry, names]) => ({ name: `${word} ${names[random.whole(0, names.length - 1)]}`, industry, country }))
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => [random.next(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value)
}
