/**
 * What a field's name means wherever no docstring stands at the field itself. One word has one meaning in the whole API.
 * Keys are decimal texts of up to 19 digits; times are ISO 8601 with zone; durations say their unit.
 */
const vocabulary = `
attachment: The stored file that belongs to it
items: The things found, in the order asked for
processInstanceKey: Key of the process instance
processId: Id of the process in its BPMN file
processName: Name of the process for people
version: Version, counted from 1
caseNo: Number of the case; null where it has none
title: Title for people
state: Where it stands now
startedAt: When it began, ISO 8601
endedAt: When it ended, ISO 8601; null while it runs
drill: True for an exercise, which counts in no figure
suspendedAt: Since when it is suspended, ISO 8601; null while it goes on
isCase: True where it belongs to a case: a change from outside needs a reason and a second person
previousSetId: Set of the same source that was in force before; null where there was none
before: Text of the file before; null where it was not there
after: Text of the file from then on; null where it was removed
hasIncident: True where something in it is stuck
nextCursor: Cursor of the next page; null on the last one
relatedCases: Cases of the same matter by others that a form of one of the two relates; those alone whose page opens for the account
publicState: What visitors are told of where it stands
id: Id, unique among its kind
label: Name for people
facts: What is known, in the order in which it is shown
thread: Messages between visitor and staff, oldest first
sealed: Protected values as handles and masks, by field
tasks: User tasks that belong to it
candidates: Who may take the task
userTaskKey: Key of the user task
name: Name for people
elementId: Id of the element in the BPMN file
assignee: Account that has taken the task; null or absent while nobody has
unit: Unit of the organization
createdAt: When it was made, ISO 8601
dueAt: When it is due, ISO 8601; null where it is not limited
completedAt: When it was completed, ISO 8601; null while it is open
lamp: How near the due time is
documents: Documents that can be shown or were made
room: What the duty room shows; null for other processes
clockFromAt: When the clock of the room began, ISO 8601
level: Level that holds
levelLabel: Name of that level
countdown: Ids of timers that are counted down
timers: Timers that wait
value: What it is set to, as JSON; of a choice the text that is stored
variable: Name of the process variable
actions: What can be done
formId: Id of the form
form: The form file; null where none is needed
canSee: Whether the reader may see more of it
at: When it happened, ISO 8601
kind: Its kind
text: Text for people
by: Who did it
detail: More about it
xml: The file's XML text
active: Ids of elements that are active
completed: Ids of elements, or count, of what is completed
incidents: What is stuck: ids of elements, count, or the incidents themselves
html: A whole HTML page with everything inlined
counts: Counts by name
normal: Count of what has time
near: Count of what is due soon
urgent: Count of what is due very soon
overdue: Count of what is late
deadlineId: Id of the deadline in the configuration
clause: The rule that the deadline follows
caseTitle: Title of the case
fromAt: From when it counts, ISO 8601
paused: Whether its clock stands still
nextMark: The next reminder that is due
nextAt: When that is, ISO 8601
fault: Why it could not be worked out; null where it could
publications: Publications of the configuration
publishedAt: When it was published, ISO 8601
doneAt: When it was done, ISO 8601; null until then
setId: Number of the published configuration
earlier: Count of deadlines that came to lie earlier
later: Count of deadlines that came to lie later
kept: Count of deadlines that stayed
destructions: Requests to destroy what is kept of a case
destructionKey: Key of the request to destroy
reason: Why, in the words of whoever did it
askedBy: Who asked
askedAt: When it was asked, ISO 8601
decidedBy: Who decided; null until then
decidedAt: When it was decided, ISO 8601; null until then
comment: A remark for people
holds: What keeps it from being destroyed
holdKey: Key of the hold
placedBy: Who placed the hold
placedAt: When it was placed, ISO 8601
liftedBy: Who lifted the hold; null while it stands
liftedAt: When it was lifted, ISO 8601; null while it stands
liftReason: Why it was lifted
batchOperationKey: Key of the batch operation
batchOperationType: What the batch operation does
operationsTotalCount: Count of single operations
operationsFailedCount: Count of those that failed
operationsCompletedCount: Count of those that succeeded
errors: What went wrong
partitionId: Number of the partition; there is one, 1
type: Its type by JSON Schema
message: Text for people or name of the message
endDate: When it ended, ISO 8601
startDate: When it began, ISO 8601
page: Which part of the whole this is
endCursor: Cursor of the last item, for the page after it
startCursor: Cursor of the first item, for the page before it
totalItems: Count of all items that the caller may see
hasMoreTotalItems: True where there are more than were counted
processedDate: When it was processed, ISO 8601
errorMessage: What went wrong, for people
operationType: What the operation does
itemKey: Key of the item
brokers: Nodes that answer
nodeId: Number of the node
host: Host name
port: TCP port
partitions: Partitions of the node
role: Role in which somebody acts
health: Whether it works
clusterSize: Count of nodes
partitionsCount: Count of partitions
replicationFactor: Count of copies
gatewayVersion: Release of the API that is followed
lastCompletedChangeId: Id of the last change of the cluster
validLicense: Whether the license holds
licenseType: Kind of license
isCommercial: Whether it is a commercial license
username: Name that the account signs in with
displayName: Name of the person
email: Mail address; accounts have none here
mustChangePassword: True while the password is one that somebody else set: all but its change is refused
authorizedComponents: Components that may be used
tenants: Tenants; there is one
tenantId: Id of the tenant, always <default>
description: Longer text for people
groups: Groups; there are none
roles: Roles of the account or of the configuration
salesPlanType: Plan; there is none
c8Links: Links to components; there are none
canLogout: Whether there is a session to end
conditionalEvaluationKey: Key of the evaluation
processInstances: Process instances that were started
faults: What could not be evaluated
decisionEvaluationInstanceKey: Key of one evaluated decision: that of the evaluation, a dash, its place
evaluationDate: When it was evaluated, ISO 8601
decisionDefinitionId: Id of the decision in its DMN file
result: Result, as JSON text
decisionEvaluationKey: Key of the evaluation
processDefinitionKey: Key of the process definition
elementInstanceKey: Key of the element instance
evaluatedInputs: Inputs with their values
inputId: Id of the input in the DMN file
inputName: Name of the input
inputValue: Value of the input, as JSON text
matchedRules: Rules that matched, with what they put out
ruleId: Id of the rule
decisionRequirementsName: Name of the decision requirements
decisionRequirementsId: Id of the decision requirements in the DMN file
resourceName: File name of the resource
decisionRequirementsKey: Key of the decision requirements
decisionDefinitionKey: Key of the decision definition
failedDecisionDefinitionId: Id of the decision that failed
failureMessage: Why it failed
decisionInstanceKey: Key of the evaluation
evaluatedDecisions: Every decision that was evaluated, the required ones first
decisionDefinitionType: Kind of the decision's logic
ruleIndex: Place of the rule, from 1
evaluatedOutputs: Outputs with their values
outputId: Id of the output in the DMN file
outputName: Name of the output
outputValue: Value of the output, as JSON text
decisionDefinitionName: Name of the decision
decisionDefinitionVersion: Version of the decision, from 1
output: Output of the decision, as JSON text
deploymentKey: Key of the deployment
deployments: What was deployed
processDefinition: A process that was deployed; null for another kind of file
processDefinitionId: Id of the process in its BPMN file
processDefinitionVersion: Version of the process definition, from 1
formKey: Key of the form
decisionDefinition: A decision that was deployed; null for another kind of file
decisionRequirements: A diagram of decisions that was deployed; null for another kind of file
elementName: Name of the element
roleId: Id of the role
jobKey: Key of the job
errorType: Kind of the fault
creationTime: When it was made, ISO 8601
incidentKey: Key of the incident
processDefinitionName: Name of the process
sequenceFlowId: Id of the sequence flow with its instance
jobs: Jobs that are handed out
userTask: The user task that the listener stands at
customHeaders: Headers of the element, by name
worker: Name that the worker gave itself
retries: Attempts that are left
variables: Process variables by name
listenerEventType: Event at which the listener is called
errorCode: Code of the BPMN error; null without one
hasFailedWithRetriesLeft: True after a failure that is tried again
endTime: When it ended, ISO 8601
deadline: When the lock of the worker ends: epoch milliseconds of an activated job, else ISO 8601
messageKey: Key of the message
signalKey: Key of the signal
hasStartForm: Whether the process begins with a form
versionTag: Version tag of the BPMN file
processDefinitionVersionTag: Version tag of the process definition
parentProcessInstanceKey: Key of the calling process instance
parentElementInstanceKey: Key of the call activity's instance
resourceId: Id inside the resource's file
resourceKey: Key of the resource
messageSubscriptionKey: Key of the message subscription
messageSubscriptionState: Whether it still waits
messageName: Name of the message
correlationKey: Value by which the message finds its instance
correlationTime: When it was correlated, ISO 8601
subscriptionKey: Key of the subscription
candidateGroups: Groups whose members may take the task
candidateUsers: Accounts that may take the task
creationDate: When it was made, ISO 8601
priority: From 0 to 100, higher first
completionDate: When it was completed, ISO 8601
followUpDate: When it is to be looked at again, ISO 8601
dueDate: When it is due, ISO 8601
schema: JSON Schema of the form's values, or the form file
variableKey: Key of the variable
scopeKey: Key of the instance that holds the variable
camunda.document.type: Always camunda: marks a reference to a document
storeId: Id of the store
documentId: Id of the document
metadata: What is told of the file
customProperties: Properties that the client gave
expiresAt: When it ends, ISO 8601
fileName: Name of the file
contentType: MIME type
createdDocuments: References of the documents that were stored
failedDocuments: Files that were refused, with the reason
url: Address at which it can be fetched
status: Whether it works, or the HTTP status
configuration: State of the configuration
folderProblems: Faults of the files in the folder, which keep it from being deployed
mine: Count of the reader's own open tasks
claimable: Count of tasks that the reader may take
done: Count of tasks that the reader has completed
draftSavedAt: When the draft was saved, ISO 8601; null without one
owner: Who answers for the task; null where that is the assignee
turn: Kind of the reader's turn; null where it is not theirs
turns: Whose turn it was, is and will be
turnId: Id of the turn
account: Account that it is about
isCurrent: Whether it holds now
isOpen: Whether it is still open
comments: Remarks to the task
noteKey: Key of the note
to: To whom, or until when
content: Its content
isRead: Whether it was looked at
copies: Copies for others to know
task: The user task, with what may be done with it
ui: How the form is laid out
data: Values by field
context: Values that the form may show and does not send
next: What comes next, as a sentence; null where that is open
canComplete: Whether the reader may complete it
notYours: Why the reader may not do it although it is a candidate, as a sentence
canClaim: Whether the reader may take it
previous: Earlier steps with their results
savedAt: When it was saved, ISO 8601
style: How it is shown
notifies: Who is told at once
confirm: What is asked before it is done
drillField: Field by which it becomes an exercise
launcher: The button that starts a process, with its form
receiptHtml: The receipt, a whole HTML page
titleEn: Title in English
hasIndicators: Whether there are indicators
instances: Process instances
mayExport: Whether the reader may export it
order: Order in which they stand
column: Id of the column
descending: Whether the largest comes first
columns: Columns, from left to right
sort: By what it is sorted
filter: What is left out
frozen: Whether it stays when scrolling
hidden: Whether it is hidden at first
choices: What can be chosen
rowKey: Key of the row
cells: Values by column
total: Count of all
isMore: Whether there are more than are given
pending: Whether its figures are still being worked out
measure: What is counted
use: What it is for
length: Length of the period
lengths: Lengths of period that can be chosen
least: Least count for a rate to be shown
leadsToCases: Whether the cases behind it may be seen
alert: From where on it stands out
isOwnUnit: Whether it counts the reader's unit alone
periods: Figures by period, oldest first
p90: 90th percentile, in the unit of the indicator
numerator: Count above the line
denominator: Count below the line
rate: Numerator by denominator, from 0 to 1; null without cases
isAlert: Whether it stands out
from: Begin, ISO 8601 date or time
below: Value below which it stands out
isNumerator: Whether it counts above the line
noticeKey: Key of the notice
recusalKey: Key of the recusal
enteredBy: Who entered it
enteredAt: When it was entered, ISO 8601
undoneBy: Who took it back; null while it holds
undoneAt: When it was taken back, ISO 8601; null while it holds
canUndo: Whether the reader may take it back
accounts: Accounts, in the order of their names
launches: What the task's form offers to start, by field: launchers that the reader may use, with the values filled in beforehand
substitutionKey: Key of the substitution
failedAt: When it failed for the last time, ISO 8601
key: Key, or name
idempotencyKey: Marks all sendings of one request
attempts: Count of attempts
entries: What can be handed in
pinWhen: When it stands on top
receipt: What the receipt says
organization: Units, posts, roles and portfolios of the configuration
introduction: Words of welcome
promise: What is promised to visitors
privacy: How what is written is protected
exitUrl: Where leaving at once leads
rights: What visitors have a right to
figures: Figures by indicator, or the public ones
group: Columns whose values stand once above the rows that share them
otherwise: What stands in a row that leads nowhere
prefill: Text that the form holds when it is opened from here, by field
contextTime: When the form's context was read, ISO 8601
entry: The entrance of the portal, with its form
trackingCode: Secret by which the visitor finds the case again; told once
handOver: Words in which staff hand the tracking code over; null where the form or the launcher says none
cases: All cases that the code opens, its own first
timeline: What has happened, oldest first
reveals: How often protected values were looked at
count: How many there are
messages: Messages, oldest first
requests: What was asked for beside the case, oldest first
fromVisitor: True where the visitor wrote it
values: Values by field
class: Class of protection
field: Name of the field
purpose: What it was for
error: Code of the error by RFC 6749
error_description: What was wrong, for people
access_token: Bearer token for /v2
token_type: Always Bearer
expires_in: Seconds until the token ends
set: The published configuration; null before the first
number: Number, counted from 1
hash: SHA-256, hexadecimal
files: Files of the configuration
isPublished: Whether the file is as it was published
path: Path below the configuration's folder, or place of the field
units: Units of the organization
classes: Classes of protection
forms: Forms of the configuration
decisions: Decisions of the configuration
processes: Processes of the configuration
dictionaries: Dictionaries of the configuration, by id
elementTemplates: Ready-made steps in the public format of element templates
series: Series of numbers
problems: Faults of the files, or their count
problem: Why nobody can, with the place; null where nothing is wrong
switched: What is in force at once
running: What runs on under the version that it began with
note: A remark for people
commit: Git commit, hexadecimal
approvalId: Id of the request for a second person
why: Why, as a sentence
author: Who wrote it
changes: What differs from before
published: What was published; null where it was rejected
totals: Sums
open: Count of what is open, or whether it is
unattended: Tasks that nobody can work on
since: Since when, ISO 8601
supervisions: Supervisions that run
revision: Revision of the instance that was read
target: Where it would go back to
ends: What would end with it
copyKey: Key of the copy
taskName: Name of the task
canOpen: Whether the reader may open it
unread: Count of what was not looked at
posts: Posts of the account
disabled: Whether the account is closed
$sealed: Handle of the sealed value
className: Name of the class of protection
mask: What is shown in its place
canReveal: Whether the reader may look at it
default: Value where none is given
const: The only value
enum: The allowed values
oneOf: Exactly one of these fits
properties: Fields by name
required: Names of fields that are needed, or whether it is
additionalProperties: Whether fields beside those named are allowed
uniqueItems: Whether no item comes twice
minItems: Least count of items
maxItems: Greatest count of items
pattern: Regular expression that the text fits
format: Format of the text
readOnly: Whether it is shown only
x-class: Class of protection of the field
x-dictionary: Dictionary that the values come from
x-source: Where choices come from
x-file: Rules for files
x-messagesEn: Messages in English
maxBytes: Greatest size in bytes
pages: Pages of the form
widgets: Widget by field
help: Help by field
placeholders: Placeholder by field
submit: Text of the button
readonly: Fields that are shown only
fields: Names of fields, or faults by field
suspendedDate: When it was suspended, ISO 8601
rootProcessInstanceKey: Key of the topmost calling process instance
caseKey: Key of the case's process instance
startedBy: Who started it
canceled: Count of what was ended early
action: Name of the change as the client calls it, kept with the task
isPossible: Whether it can be done now
summary: What came out of it
recipient: Whom it is for
eligible: Who may stand in
arrangesForOthers: Whether the reader may arrange it for others
substitute: Who stands in
until: Until when, ISO 8601
inForce: Whether it holds now
canEnd: Whether the reader may end it
sentence: A sentence for people
demo: Whether the demonstration's accounts are there
demoAccounts: Accounts of the demonstration
language: Language of the screens
parent: Id of the unit above
labelEn: Name in English
lastAt: When it last happened, ISO 8601; null before the first time
user: Who is signed in; null without a session
csrfToken: To be sent as X-CSRF-Token with every change
standsInFor: Whom the account stands in for
permissions: What the account may do
file: Path of the file
line: Line of the file, from 1
appliesTo: Types of BPMN element that it fits
elementType: Type that the element becomes
binding: What the property is written to
property: Property of the moddle
added: What is new
changed: What differs
removed: What is gone
keyword: Rule of JSON Schema that failed
code: Machine-readable code
size: Size in bytes
q: Part of what is searched for
cursor: Cursor of an earlier page
limit: Greatest count of items
username-path: Name that the account signs in with
password: Password of the account
oldPassword: Password until now
newPassword: Password from now on
confirmed: Whether it was confirmed
signalName: Name of the signal
messageId: Marks a message, so that it is taken once
local: Whether the variables stay in this scope
action-body: What the button was called
instance: Path that was asked for
timestamp: Epoch milliseconds
variableInstructions: Variables to set with it, each with the element whose scope takes them
maxJobsToActivate: Most jobs that one answer holds
fetchVariable: Names of the variables to send along; all where it is empty
elements: Elements of the ad-hoc sub-process to begin, with their variables
allowOverride: Whether somebody who has the task already may lose it
migrationPlan: Target version and what becomes of each element
pin: Six digits that the visitor chose
current: Password that holds now
awaitCompletion: Whether the answer waits until the instance has ended
decision: What was decided; also the decision that it belongs to
approved: Whether it was agreed to
offered: Kinds of notice that can be sent by mail
address: Mail address; null where none is known
wanted: Whether the account wants mail of this kind
mappingInstructions: Which element of the old version goes on as which of the new
activateInstructions: Elements to begin, with their variables
terminateInstructions: Element instances to end
position: Place in the log, counted from 1 without gaps
subject: What was looked at or changed, by its key
change: What was done, by the name of the action
actor: Who acted: an account and its roles, or the server itself
names: What the accounts among the facts are called today, by the name of the fact
day: Day of the seal, such as 2026-03-01
sealedAt: When it was sealed, ISO 8601
digest: Digest over the entries up to here, SHA-256 in hexadecimal digits
events: Count of events that were checked
seals: Seals of days, oldest first, or their count
keys: Keys of signatures that were used
hasLevel: Whether the room shows a level
resources: Deployed files, each as one of the kinds below
heads: Ends of the chains that were compared, one of each instance
sections: Parts of the page, each with a title
indicators: Ids of indicators, in the order in which they are shown
filters: Filters that all hold, each of one column
ledger: Id of the ledger
equal: Values of which the column has one
contains: Text that stands in the column
side: Whether the value is the least or the most that is wanted
layout: How the rows of a page are shown: a table, or questions with answers
actionId: Id of the action that is offered
fieldChoices: What fields choose from, by their own names wherever they stand in a form; several where forms differ
`;

export const words = Object.fromEntries(
  vocabulary
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(': ')), `${line.slice(line.indexOf(': ') + 2)}.`]),
);
