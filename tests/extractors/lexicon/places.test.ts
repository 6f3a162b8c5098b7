import { describe, expect, test } from 'vitest'
import {
  arePlacesInGeneral,
  endsInPlace,
  isKindOfPlace,
  isPlaceName,
  openingPlace,
} from '../../../extractors/lexicon/places.ts'

describe('a name of one place', () => {
  test.each([
    '柏县',
    '青石镇',
    '云江区',
    '梧川省',
    '白水乡',
    '东岭盟',
    '北原右旗',
    '汀州市',
    '高新区',
    '云江新区',
    '经济技术开发区',
    '澜南自治州',
    '澜南苗族侗族自治县',
    '城东街道',
    '城东街道办事处',
    '城东办事处',
    '滨江园区管委会',
    '青石镇办',
    '红果苏木',
    // Begins like a number of places, and is none.
    '二桥区',
    '十里镇',
  ])('is %s', (words) => expect(isPlaceName(words)).toBe(true))

  test.each([
    // Other words.
    '市场',
    '区间',
    '县域',
    '社区',
    '小区',
    '超市',
    '城乡',
    '红旗',
    // Places in general: levels alone, joined, counted or pointed at.
    '区',
    '市区',
    '镇区',
    '县市区',
    '各县区',
    '两县',
    '五县',
    '十二个乡镇',
    '全市',
    '我省',
    '自治州',
    '县级市',
    '街道',
    '街道办事处',
    '各镇办',
    // More than a name.
    '柏县、松县',
    '柏县水利局',
    '云江区空气优良率',
    'A区',
    '',
  ])('is not %s', (words) => expect(isPlaceName(words)).toBe(false))
})

describe('a kind of places', () => {
  test.each(['示范镇', '产业园区', '社区', '云江景区', '生态保护区'])('is %s', (words) =>
    expect(isKindOfPlace(words)).toBe(true),
  )
  test.each(['柏县', '云江新区', '高新区', '城东街道'])('is not %s', (words) =>
    expect(isKindOfPlace(words)).toBe(false),
  )
})

describe('places in general', () => {
  test.each(['各县市区', '各县区', '各市(州)', '县(市、区)', '各乡镇街道', '自治州', '园区', '有关县区'])(
    'are %s',
    (words) => expect(arePlacesInGeneral(words)).toBe(true),
  )
  test.each(['柏县', '青石镇', '两县', '全市', '社区', '市场'])('are not %s', (words) =>
    expect(arePlacesInGeneral(words)).toBe(false),
  )
})

test.each([
  ['云江区空气优良率', '云江区'],
  ['柏县县域林场', '柏县'],
  ['澜南自治州水务局', '澜南自治州'],
  ['青石镇区绿地', '青石镇区'],
  ['农贸市场管理所', ''],
  ['镇区绿地', '镇区'],
  ['县域绿地', ''],
  ['联合乡村学校', ''],
  ['成片区域', ''],
  ['水利局', ''],
])('%s begins with the place “%s”', (words, place) => expect(openingPlace(words)).toBe(place))

describe('the end of a place of any kind', () => {
  test.each(['柏县', '各乡镇', '平原地区', '云江流域', '社区', '青石村', '北岭农场', '城北新城', '丘陵', '全市'])(
    'is that of %s',
    (words) => expect(endsInPlace(words)).toBe(true),
  )
  test.each(['市场', '区间', '县级', '森林覆盖率', '小学'])('is not that of %s', (words) =>
    expect(endsInPlace(words)).toBe(false),
  )
})
