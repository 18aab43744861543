/** Short names of the province and its prefectures, for tiles and badges; names in full come from the vocabulary. */
export const places = {
  '430000': '省级',
  '430100': '长沙',
  '430200': '株洲',
  '430300': '湘潭',
  '430400': '衡阳',
  '430500': '邵阳',
  '430600': '岳阳',
  '430700': '常德',
  '430800': '张家界',
  '430900': '益阳',
  '431000': '郴州',
  '431100': '永州',
  '431200': '怀化',
  '431300': '娄底',
  '433100': '湘西',
} as const;
