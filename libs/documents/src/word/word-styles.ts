import type * as Docx from 'docx';

const TWIPS_PER_MM = 1440 / 25.4;
export const twips = (mm: number): number => Math.round(mm * TWIPS_PER_MM);
/** A4 with the margins of the printed page, in mm. */
export const PAGE = { width: 210, height: 297, margin: { top: 25, bottom: 25, left: 20, right: 20 } };
export const TEXT_WIDTH = twips(PAGE.width - PAGE.margin.left - PAGE.margin.right);
export const FANG_SONG = { ascii: 'FangSong', hAnsi: 'FangSong', eastAsia: '仿宋', cs: 'FangSong' };
export const HEI_TI = { ascii: 'SimHei', hAnsi: 'SimHei', eastAsia: '黑体', cs: 'SimHei' };
/** Half points. */
export const SIZES = { text: 28, title: 44, heading: 30, small: 21 };
export const RED = 'AA0000';
/** 1.75 lines in 240ths, as the printed page. */
const LINE = 420;
export const NUMBERED = 'numbered';
export const BULLETS = 'bullets';

export function stylesOf({ AlignmentType, LineRuleType }: typeof Docx): NonNullable<Docx.IPropertiesOptions['styles']> {
  const spacing = { line: LINE, lineRule: LineRuleType.AUTO };
  return {
    default: {
      document: { run: { font: FANG_SONG, size: SIZES.text }, paragraph: { spacing: { ...spacing, after: twips(3) } } },
      title: {
        run: { font: HEI_TI, size: SIZES.title, bold: true },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { after: twips(8) } },
      },
      heading2: {
        run: { font: HEI_TI, size: SIZES.heading, bold: true, color: '000000' },
        paragraph: { keepNext: true, spacing: { before: twips(6), after: twips(2) } },
      },
    },
  };
}

export function numberingOf({ AlignmentType, LevelFormat }: typeof Docx): readonly Docx.NumberingDefinition[] {
  const levels = (text: (level: number) => string, format: Docx.ILevelsOptions['format']) =>
    Array.from({ length: 9 }, (_, level) => ({
      level,
      text: text(level),
      alignment: AlignmentType.START,
      ...(format && { format }),
      style: { paragraph: { indent: { left: 560 * (level + 1), hanging: 560 } } },
    }));
  return [
    { reference: NUMBERED, levels: levels((level) => `%${level + 1}.`, LevelFormat.DECIMAL) },
    { reference: BULLETS, levels: levels(() => '•', LevelFormat.BULLET) },
  ];
}

/** What XML 1.0 cannot hold is left out: control characters and halves of surrogate pairs. */
export function xmlText(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '');
}
