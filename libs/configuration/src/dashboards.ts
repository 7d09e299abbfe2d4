/** Figures that stand together on one page. Each reader sees of them what the declarations show to them. */
export interface Dashboard {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly sections: readonly DashboardSection[];
}

export interface DashboardSection {
  readonly title: string;
  readonly titleEn?: string;
  /** Ids of indicators, in the order in which they are shown. */
  readonly indicators?: readonly string[];
  /** Numbers of rows of ledgers. */
  readonly counts?: readonly DashboardCount[];
}

/** How many rows of a ledger meet all filters; leads to the ledger. */
export interface DashboardCount {
  readonly ledger: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly filters?: readonly DashboardFilter[];
}

export interface DashboardFilter {
  readonly column: string;
  readonly equal?: readonly (string | number | boolean)[];
  readonly from?: string | number;
  readonly to?: string | number;
  readonly contains?: string;
}
