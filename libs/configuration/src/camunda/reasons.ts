/** Sentences of the rules, and the same in Chinese; `$1` is what the rule names, in its own spelling. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^Element of type (<\S+>) with event definition of type (<\S+>) only allowed by Camunda (\S+) or newer$/,
    '带有事件定义 $2 的元素 $1 要到 Camunda $3 才支持',
  ],
  [/^Element of type (<\S+>) with event definition of type (<\S+>) not allowed$/, '不支持带有事件定义 $2 的元素 $1'],
  [
    /^Element of type (<\S+>) with event definition of type (<\S+>) is not allowed to be attached to element of type (<\S+>)$/,
    '带有事件定义 $2 的元素 $1 不能附着在元素 $3 上',
  ],
  [
    /^Element of type (<\S+>) with event definition of type (<\S+>) not allowed as child of (<\S+>)$/,
    '$3 内不能有带有事件定义 $2 的元素 $1',
  ],
  [/^Element of type (<\S+>) with no event definition not allowed$/, '不支持没有事件定义的元素 $1'],
  [/^Element of type (<\S+>) only allowed by Camunda (\S+) or newer$/, '元素 $1 要到 Camunda $2 才支持'],
  [/^Element of type (<\S+>) not allowed$/, '不支持元素 $1'],
  [/^Element of type (<\S+>) not allowed as event-based gateway target$/, '元素 $1 不能接在事件网关之后'],
  [
    /^Element of type (<\S+>) must have one extension element of type (.+)$/,
    '元素 $1 需要扩展元素 $2（须由作业处理程序执行）',
  ],
  [/^Element of type (<\S+>) must have property (.+) if it has property (<\S+>)$/, '元素 $1 有属性 $3 时还需要属性 $2'],
  [/^Element of type (<\S+>) must have (?:one )?property (.+)$/, '元素 $1 需要属性 $2'],
  [/^Element of type (<\S+>) must contain at least one activity$/, '元素 $1 至少要包含一个活动'],
  [/^Property (<\S+>) of (<\S+>) only allowed by Camunda (\S+)(?: or newer)?$/, '$2 的属性 $1 要到 Camunda $3 才支持'],
  [/^Property (<\S+>) is not a valid FEEL expression$/, '属性 $1 不是该集群能够解析的 FEEL 表达式'],
  [/^FEEL function (<.+>) requires Camunda (\S+)$/, 'FEEL 函数 $1 要到 Camunda $2 才支持'],
  [/^Property (<\S+>) must have expression value$/, '属性 $1 必须是表达式'],
  [/^Property (<\S+>) only allowed if source is of type (.+)$/, '只有从 $2 流出的顺序流才能有属性 $1'],
  [/^Loop detected: (.+)$/, '有不经等待的死循环：$1'],
  [/^A (<\S+>) must be expanded$/, '$1 必须展开'],
  [
    /^Multiple elements of type (<\S+>) with no event definition not allowed as children of (<\S+>)$/,
    '$2 内只能有一个没有事件定义的 $1',
  ],
  [
    /^Properties of type (<\S+>) have property (<\S+>) with duplicate value of (<.+>)$/,
    '多个 $1 的属性 $2 都是 $3，不能重复',
  ],
];

/** The rule's reason in Chinese; a sentence of a rule that is not known here stays as it is. */
export function reasonInChinese(reason: string): string {
  const known = sentences.find(([pattern]) => pattern.test(reason));
  return known ? reason.replace(known[0], known[1]).replaceAll(' and ', ' 与 ').replaceAll(' or ', ' 或 ') : reason;
}
