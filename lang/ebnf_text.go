package lang

// grammarText is grammar.ebnf but for what stands in the tables.
const grammarText = `// The grammar of .chaos files. Written by "go test ./lang -run TestGrammar -update"
// from the tables of the parser; do not edit.
//
// a | b: either.  [ a ]: may be left out.  { a }: any number, also none.
// ( a ): taken together.  "a": the text itself.  a … b: a character from a to b.
// Lower-case productions are tokens. White space and comments may stand between
// tokens, not inside them.

// Files

File = [ shebang ] { Import } { Let | Definition | Experiment } .

Import = "import" [ "python" ] fixed [ "as" identifier ] .
Let    = "let" identifier "=" Expression .

Definition = "probe" identifier Parameters "=" Call { Clause }
	| "action" identifier Parameters ( "=" Call { Clause } | Block ) .
Parameters = "(" [ Parameter { "," Parameter } [ "," ] ] ")" .
Parameter  = identifier [ ":" Type ] [ "=" Expression ] .

Type     = TypeName [ "<" Type ">" ] .
TypeName = ‹types› .

// Experiments
//
// Each section stands at most once, but Guard.

Experiment = "experiment" fixed "{" { Section } "}" .
Section    = ‹sections› .

Description   = "description" fixed .
Tags          = "tags" Name { "," Name } .
Contributions = "contributions" Contribution { "," Contribution } .
Contribution  = Name ":" Name .
Config        = "config" "{" { Entry } "}" .
Entry         = Name [ ":" Type ] [ "=" Expression ] .
Secrets       = "secrets" "{" { Name "{" { Entry } "}" } "}" .
Controls      = "controls" "{" { Name "=" Call } "}" .
Runtime       = "runtime" "{" { Setting } "}" .
Setup         = "setup" Block .
Steady        = "steady" fixed [ "recovers" "within" Expression [ Every ] ] Block .
Guard         = "guard" fixed [ Every ] Block .
Method        = "method" Block .
Rollback      = "rollback" Block .
Extensions    = "extensions" Expression .

// Each setting stands at most once.
Setting    = ‹settings› .
Hypothesis = "hypothesis" ( ‹strategies› )
	[ Every ] [ "fail-fast" ] .
Rollbacks  = "rollbacks" ( ‹rollbacks› ) .
Deadline   = "deadline" Expression .

Every = "every" Expression .

// Statements
//
// Nothing ends a statement but the start of the next: an expression ends where
// no operator follows. The conditions behind "until", "if", "expect" and
// "assert" are expressions.

Block     = "{" { Statement } "}" .
Statement = ‹statements› .

// A name alone does a declared activity again. Its title may have holes.
Activity = ( "probe" | "action" ) ( [ ( identifier | string ) "=" ] Call | Name ) { Clause } .

Pause    = "pause" Expression .
Wait     = "wait" [ Name ] "until" Expression "within" Expression [ Every ] .
Check    = ( "expect" | "assert" ) Expression .
Restore  = "restore" Name .
Log      = "log" Expression .
If       = "if" Expression Block [ "else" ( If | Block ) ] .
For      = "for" identifier "in" Expression Block .
Repeat   = "repeat" ( Expression | "for" Expression [ Every ] ) Block .
Parallel = "parallel" Block .
Abort    = "abort" Expression .

// Each clause stands at most once at an activity, but Check and Control. Check
// behind an activity is always its clause.

Clause     = ‹clauses› .
Background = "background" .
Delay      = "delay" Expression .
Settle     = "settle" Expression .
Timeout    = "timeout" Expression .
Retry      = "retry" Expression [ Every ] .
Control    = "control" ( Name | Call ) .
Undo       = "undo" [ "by" Call ] .
Keep       = "keep" .
Extra      = "extra" Object .

// Expressions
//
// Weakest operators first. The parenthesis of a call and the bracket of an index
// stand on the line on which what they apply to ends. A Conditional inside
// another expression stands in parentheses.

Expression  = Conditional | Level1 .
Conditional = "if" Expression "then" Expression "else" Expression .
‹operators›

Operand = ( Call | identifier | "it" | "true" | "false" | "null" | number | string
	| List | Object | "(" Expression ")" ) { "." identifier | "[" Expression "]" } .
Call    = identifier { "." identifier } "(" [ Argument { "," Argument } [ "," ] ] ")" .

// Arguments without a name come first. A reserved word may name an argument or
// a key, and a field behind a point.
Argument = [ word ":" ] Expression .
List     = "[" [ Expression { "," Expression } [ "," ] ] "]" .
Object   = "{" [ Field { "," Field } [ "," ] ] "}" .
Field    = ( word | fixed ) ":" Expression .

Name = identifier | fixed .

// Tokens
//
// A file is UTF-8; a byte-order mark before its first character is skipped. Lines
// end with a line feed, or with a carriage return and a line feed. Other control
// characters but the tab are allowed nowhere, and outside of strings and comments
// no invisible characters. Brackets, holes, operators and branches nest at most
// ‹depth› deep.

shebang = "#!" { any } .  // the first line
comment = "//" { any } .  // to the end of the line

// A word that is not reserved; it is a keyword only where the grammar says so.
identifier = word .
word       = start { letter | digit | "_" | "-" } .  // single hyphens, between letters or digits
start      = letter | "_" .
letter     = (* Unicode, category L *) .
digit      = "0" … "9" .  // behind the start of a word also Unicode, category Nd
reserved   = ‹reserved› .

// A number and the letters, digits and "%" that touch it are one token. A point
// belongs to it only before a digit. The units of a duration descend, and only
// the last part has a fraction. Binary "-" has white space on both sides, unary
// "-" none behind it.
number   = integer | float | duration | size | percent .
integer  = digits .  // without zeros before it
digits   = digit { [ "_" ] digit } .
decimal  = digits [ "." digits ] .
float    = digits "." digits [ exponent ] | digits exponent .
exponent = ( "e" | "E" ) [ "+" | "-" ] digits .
duration = decimal durationUnit { decimal durationUnit } .
size     = decimal sizeUnit .
percent  = decimal "%" .
durationUnit = ‹durations› .
sizeUnit     = ‹sizes› .

// A plain string and its holes end on its line. A block starts on the line below
// its opening quotes, and its closing quotes stand alone on a line; their
// indentation and the last line end do not belong to the text.
string = plain | block | raw .
plain  = "\"" { text | escape | hole } "\"" .
block  = "\"\"\"" { text | escape | hole } "\"\"\"" .
raw    = "` + "`" + `" { any } "` + "`" + `" .
hole   = "${" Expression "}" .
escape = "\\" ( "n" | "t" | "r" | "\\" | "\"" | "$" | "u" "{" hex { hex } "}" ) .  // up to six hex
hex    = digit | "a" … "f" | "A" … "F" .
text   = (* any character but a backslash, the closing quotes, and "${" *) .
any    = (* any character *) .

// A string without holes.
fixed = string .
`
