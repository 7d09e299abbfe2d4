/** Shape of `workflows/rooms.json`: pages of instances that are followed live, by process id. */
export type RoomsFile = Readonly<Record<string, Room>>;

export interface Room {
  readonly title: string;
  readonly clockFrom?: string;
  readonly levelVariable?: string;
  readonly levelDictionary?: string;
  /** Elements whose deadlines are counted down. */
  readonly countdown?: readonly string[];
  readonly facts?: readonly RoomFact[];
  readonly actions?: readonly RoomAction[];
  readonly [more: string]: unknown;
}

export interface RoomFact {
  readonly variable: string;
  readonly label: string;
  /** Its moment is the end of a time: midnight is told as 24:00 of the day that ends. */
  readonly deadline?: boolean;
}

/**
 * Publishes `message` to the instance, correlated by its case number, with the form's values. With `joins` it starts a
 * process in another case instead, whose number the form says.
 */
export interface RoomAction {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly formId?: string;
  /** Field with the number of the case that what the message starts joins; a case that is hidden from who acts is none. */
  readonly joins?: string;
  /** What the message carries beside the form: by name, FEEL over the open variables of the instance. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  /** FEEL over the open variables: whether it may be done now. */
  readonly when?: string;
  readonly [more: string]: unknown;
}
