import Testing

/// What each mistake looks like: the exact text with its underline.
enum MistakeCases {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let script: String
    let expected: String

    init(_ name: String, _ script: String, _ expected: String) {
      self.name = name
      self.script = script
      self.expected = expected
    }

    var testDescription: String { name }
  }

  static let all = characters + numbers + statements

  static let characters = [
    Case(
      "a doubled equals sign", #"count where plan == "x""#,
      #"""
      error[E0104]: unknown sign '=='
        s.pql:1:18
        1 | count where plan == "x"
          |                  ^^ did you mean '='?

      """#),
    Case(
      "a not-equal sign of another language", #"count where plan <> "x""#,
      #"""
      error[E0104]: unknown sign '<>'
        s.pql:1:18
        1 | count where plan <> "x"
          |                  ^^ did you mean '!='?

      """#),
    Case(
      "an and sign", #"count where a = 1 && b = 2"#,
      #"""
      error[E0104]: unknown sign '&&'
        s.pql:1:19
        1 | count where a = 1 && b = 2
          |                   ^^ did you mean 'and'?

      """#),
    Case(
      "an exclamation mark", #"count where !plan = "x""#,
      #"""
      error[E0104]: unknown sign '!'
        s.pql:1:13
        1 | count where !plan = "x"
          |             ^ did you mean 'not'?

      """#),
    Case(
      "a text that is not closed", #"print "abc"#,
      #"""
      error[E0105]: the text that opens here is not closed on its line
        s.pql:1:7
        1 | print "abc
          |       ^ opened here
        help: a text ends on its line with the quote that opens it; a line end in it is written \n

      """#),
    Case(
      "a text with the other quote", #"rename "A" to "B'"#,
      #"""
      error[E0105]: the text that opens here is not closed on its line
        s.pql:1:15
        1 | rename "A" to "B'
          |               ^ opened here
        help: a text ends on its line with the quote that opens it; a line end in it is written \n

      """#),
    Case(
      "a name that is not closed", #"count by `plan"#,
      #"""
      error[E0105]: the name that opens here is not closed on its line
        s.pql:1:10
        1 | count by `plan
          |          ^ opened here

      """#),
    Case(
      "an unknown escape", #"print "C:\new\qs""#,
      #"""
      error[E0106]: unknown escape '\q'
        s.pql:1:14
        1 | print "C:\new\qs"
          |              ^^
        help: escapes are \" \' \\ \n \t and \u{1F600}

      """#),
    Case(
      "a code point that does not exist", #"print "\u{110000}""#,
      #"""
      error[E0107]: '\u{110000}' is no Unicode scalar
        s.pql:1:8
        1 | print "\u{110000}"
          |        ^^^^^^^^^^

      """#),
    Case(
      "a lone surrogate", #"print "\u{D800}""#,
      #"""
      error[E0107]: '\u{D800}' is no Unicode scalar
        s.pql:1:8
        1 | print "\u{D800}"
          |        ^^^^^^^^

      """#),
    Case(
      "an unfinished escape", #"print "\u{41""#,
      #"""
      error[E0106]: unknown escape '\u{41'
        s.pql:1:8
        1 | print "\u{41"
          |        ^^^^^
        help: escapes are \" \' \\ \n \t and \u{1F600}

      """#),
    Case(
      "a Cyrillic letter in a keyword", #"grаnt outbound to all"#,
      #"""
      error[E0103]: unknown word 'grаnt': it holds U+0430 CYRILLIC SMALL LETTER A
        s.pql:1:3
        1 | grаnt outbound to all
          |   ^ looks like 'a'
        help: a bare word is of ASCII letters, digits and '_'; a name with others goes into backquotes

      """#),
    Case(
      "a Turkish capital", #"LİMIT 3"#,
      #"""
      error[E0103]: unknown word 'LİMIT': it holds U+0130 LATIN CAPITAL LETTER I WITH DOT ABOVE
        s.pql:1:2
        1 | LİMIT 3
          |  ^ looks like 'i'
        help: a bare word is of ASCII letters, digits and '_'; a name with others goes into backquotes

      """#),
    Case(
      "a full-width sign", #"count where plan ＝ "x""#,
      #"""
      error[E0102]: U+FF1D FULLWIDTH EQUALS SIGN can't stand here
        s.pql:1:18
        1 | count where plan ＝ "x"
          |                  ^^ looks like '='

      """#),
    Case(
      "curly quotes", #"rename “A” to "B""#,
      #"""
      error[E0102]: U+201C LEFT DOUBLE QUOTATION MARK can't stand here
        s.pql:1:8
        1 | rename “A” to "B"
          |        ^ looks like '"'

      """#),
    Case(
      "a no-break space", #"grant\#u{A0}outbound to all"#,
      #"""
      error[E0102]: U+00A0 NO-BREAK SPACE can't stand here
        s.pql:1:6
        1 | grant\#u{A0}outbound to all
          |      ^ write a plain space

      """#),
    Case(
      "a line separator between words", #"grant outbound\#u{2028}to all"#,
      #"""
      error[E0102]: U+2028 LINE SEPARATOR can't stand here
        s.pql:1:15
        1 | grant outbound\u{2028}to all
          |               ^^^^^^^^

      """#),
    Case(
      "a zero-width space between words", #"grant outbound\#u{200B}to all"#,
      #"""
      error[E0102]: U+200B ZERO WIDTH SPACE can't stand here
        s.pql:1:15
        1 | grant outbound\u{200B}to all
          |               ^^^^^^^^

      """#),
    Case(
      "a byte order mark inside", #"grant \#u{FEFF}outbound to all"#,
      #"""
      error[E0102]: U+FEFF ZERO WIDTH NO-BREAK SPACE can't stand here
        s.pql:1:7
        1 | grant \u{FEFF}outbound to all
          |       ^^^^^^^^

      """#),
    Case(
      "NUL between words", #"grant \#u{0}outbound to all"#,
      #"""
      error[E0102]: the character U+0000 can't stand here
        s.pql:1:7
        1 | grant \u{0}outbound to all
          |       ^^^^^

      """#),
    Case(
      "NUL in a text", #"print "a\#u{0}b""#,
      #"""
      error[E0102]: the character U+0000 can't stand here
        s.pql:1:9
        1 | print "a\u{0}b"
          |         ^^^^^
        help: in a text it can be written as \u{0}

      """#),
    Case(
      "a bidi control in a text", #"print "a\#u{202E}b""#,
      #"""
      error[E0102]: U+202E RIGHT-TO-LEFT OVERRIDE can't stand here
        s.pql:1:9
        1 | print "a\u{202E}b"
          |         ^^^^^^^^
        help: in a text it can be written as \u{202E}

      """#),
    Case(
      "a bidi control in a comment", #"print 1 -- \#u{202E} evil"#,
      #"""
      error[E0102]: U+202E RIGHT-TO-LEFT OVERRIDE can't stand here
        s.pql:1:12
        1 | print 1 -- \u{202E} evil
          |            ^^^^^^^^

      """#),
    Case(
      "a bidi control in code", #"print \#u{202E}1"#,
      #"""
      error[E0102]: U+202E RIGHT-TO-LEFT OVERRIDE can't stand here
        s.pql:1:7
        1 | print \u{202E}1
          |       ^^^^^^^^

      """#),
  ]

  static let numbers = [
    Case(
      "a number beyond 64 bits", #"print 9223372036854775808"#,
      #"""
      error[E0109]: number out of range
        s.pql:1:7
        1 | print 9223372036854775808
          |       ^^^^^^^^^^^^^^^^^^^
        help: numbers go to 9_007_199_254_740_992 either way; longer digits can be a text in quotes

      """#),
    Case(
      "a number beyond all", #"print 1e999"#,
      #"""
      error[E0109]: number out of range
        s.pql:1:7
        1 | print 1e999
          |       ^^^^^
        help: numbers go to 9_007_199_254_740_992 either way; longer digits can be a text in quotes

      """#),
    Case(
      "a number with letters", #"print 12abc"#,
      #"""
      error[E0108]: this is not a number
        s.pql:1:7
        1 | print 12abc
          |       ^^^^^
        help: numbers are written 500, 1_000, -3 or 2.5; a text goes into quotes, a name into backquotes

      """#),
    Case(
      "a number with two strokes", #"print 1__000"#,
      #"""
      error[E0108]: this is not a number
        s.pql:1:7
        1 | print 1__000
          |       ^^^^^^
        help: numbers are written 500, 1_000, -3 or 2.5; a text goes into quotes, a name into backquotes

      """#),
    Case(
      "a date that does not exist", #"count as of 2026-02-30"#,
      #"""
      error[E0110]: '2026-02-30' is not a date or a time
        s.pql:1:13
        1 | count as of 2026-02-30
          |             ^^^^^^^^^^
        help: times are written 2026-11-01, 2026-11-01T09:30Z or 2026-11-01T09:30+02:00

      """#),
    Case(
      "an hour that does not exist", #"count as of 2026-02-03T24:00Z"#,
      #"""
      error[E0110]: '2026-02-03T24:00Z' is not a date or a time
        s.pql:1:13
        1 | count as of 2026-02-03T24:00Z
          |             ^^^^^^^^^^^^^^^^^
        help: times are written 2026-11-01, 2026-11-01T09:30Z or 2026-11-01T09:30+02:00

      """#),
    Case(
      "half a date", #"count as of 2026-02"#,
      #"""
      error[E0110]: '2026-02' is not a date or a time
        s.pql:1:13
        1 | count as of 2026-02
          |             ^^^^^^^
        help: times are written 2026-11-01, 2026-11-01T09:30Z or 2026-11-01T09:30+02:00

      """#),
    Case(
      "an id without its digits", #"protect #"#,
      #"""
      error[E0111]: an id is missing after '#'
        s.pql:1:9
        1 | protect #
          |         ^
        help: an id is written #1726005822670x239735712159542050, or in quotes: #"any text"

      """#),
    Case(
      "a variable without a name", #"let $ = 5"#,
      #"""
      error[E0111]: a name is missing after '$'
        s.pql:1:5
        1 | let $ = 5
          |     ^

      """#),
    Case(
      "a variable that begins with a digit", #"let $1a = 5"#,
      #"""
      error[E0111]: a variable's name begins with a letter, a script argument is all digits
        s.pql:1:5
        1 | let $1a = 5
          |     ^^^

      """#),
    Case(
      "an empty name in backquotes", #"count by ``"#,
      #"""
      error[E0111]: the name is empty
        s.pql:1:10
        1 | count by ``
          |          ^^

      """#),
  ]

  static let statements = [
    Case(
      "a misspelt preposition", #"grant outbound too all"#,
      #"""
      error[E0121]: expected 'to', found 'too'
        s.pql:1:16
        1 | grant outbound too all
          |                ^^^ did you mean 'to'?

      """#),
    Case(
      "a misspelt modifier", #"grant outbound to all becuase "x""#,
      #"""
      error[E0122]: unexpected 'becuase'
        s.pql:1:23
        1 | grant outbound to all becuase "x"
          |                       ^^^^^^^ did you mean 'because'?

      """#),
    Case(
      "a misspelt first word", #"garnt outbound to all"#,
      #"""
      error[E0120]: unknown statement 'garnt'
        s.pql:1:1
        1 | garnt outbound to all
          | ^^^^^ did you mean 'grant'?

      """#),
    Case(
      "a misspelt first word on the second line",
      #"""
      grant outbound to all
      garnt chat to all
      """#,
      #"""
      error[E0120]: unknown statement 'garnt'
        s.pql:2:1
        2 | garnt chat to all
          | ^^^^^ did you mean 'grant'?

      """#),
    Case(
      "a misspelt modifier on a line of its own",
      #"""
      grant outbound to all
        becuase "x"
      """#,
      #"""
      error[E0122]: unexpected 'becuase'
        s.pql:2:3
        2 |   becuase "x"
          |   ^^^^^^^ did you mean 'because'?

      """#),
    Case(
      "a word of another language", #"select * from subaccounts"#,
      #"""
      error[E0120]: unknown statement 'select'
        s.pql:1:1
        1 | select * from subaccounts
          | ^^^^^^
        help: write 'show' to list subaccounts, 'count' to count them

      """#),
    Case(
      "nobody is named", #"grant outbound"#,
      #"""
      error[E0121]: expected 'to', found the end of the script
        s.pql:1:15
        1 | grant outbound
          |               ^
        help: whom it concerns is always spelled; 'all' means every subaccount

      """#),
    Case(
      "nobody is named before the next statement",
      #"""
      grant outbound to
      show store
      """#,
      #"""
      error[E0121]: expected whom it concerns, found the end of the statement
        s.pql:1:18
        1 | grant outbound to
          |                  ^
        help: name subaccounts, narrow with 'where', 'having', 'lacking' or 'except', or write 'all'

      """#),
    Case(
      "a revoke with to", #"revoke outbound to "A""#,
      #"""
      error[E0121]: expected 'from', found 'to'
        s.pql:1:17
        1 | revoke outbound to "A"
          |                 ^^ did you mean 'from'?

      """#),
    Case(
      "= null", #"show subaccounts where plan = null"#,
      #"""
      error[E0126]: nothing equals null: an attribute is set or it is not
        s.pql:1:29
        1 | show subaccounts where plan = null
          |                             ^^^^^^ did you mean 'is not set'?
        help: write plan is not set

      """#),
    Case(
      "!= null", #"show subaccounts where plan != NULL"#,
      #"""
      error[E0126]: nothing equals null: an attribute is set or it is not
        s.pql:1:29
        1 | show subaccounts where plan != NULL
          |                             ^^^^^^^ did you mean 'is set'?
        help: write plan is set

      """#),
    Case(
      "is null", #"show subaccounts where plan is null"#,
      #"""
      error[E0126]: nothing equals null: an attribute is set or it is not
        s.pql:1:29
        1 | show subaccounts where plan is null
          |                             ^^^^^^^ did you mean 'is not set'?
        help: write plan is not set

      """#),
    Case(
      "is not null", #"show subaccounts where plan is not null"#,
      #"""
      error[E0126]: nothing equals null: an attribute is set or it is not
        s.pql:1:29
        1 | show subaccounts where plan is not null
          |                             ^^^^^^^^^^^ did you mean 'is set'?
        help: write plan is set

      """#),
    Case(
      "text without quotes", #"count where plan = premium"#,
      #"""
      error[E0125]: the text 'premium' is not in quotes
        s.pql:1:20
        1 | count where plan = premium
          |                    ^^^^^^^ did you mean "premium"?
        help: a text goes into quotes, a variable begins with '$'

      """#),
    Case(
      "a misspelt value", #"set active = ture for all"#,
      #"""
      error[E0125]: the text 'ture' is not in quotes
        s.pql:1:14
        1 | set active = ture for all
          |              ^^^^ did you mean 'true'?

      """#),
    Case(
      "a keyword as an attribute", #"count where limit = 3"#,
      #"""
      error[E0124]: 'limit' is a word of the language, not a name
        s.pql:1:13
        1 | count where limit = 3
          |             ^^^^^ did you mean `limit`?
        help: in backquotes any word can be a name

      """#),
    Case(
      "a keyword as a new attribute", #"set limit = 3 for all"#,
      #"""
      error[E0124]: 'limit' is a word of the language, not a name
        s.pql:1:5
        1 | set limit = 3 for all
          |     ^^^^^ did you mean `limit`?
        help: in backquotes any word can be a name

      """#),
    Case(
      "a time in words", #"count as of tomorrow"#,
      #"""
      error[E0121]: expected a time, found 'tomorrow'
        s.pql:1:13
        1 | count as of tomorrow
          |             ^^^^^^^^
        help: as in 2026-11-01, 2026-11-01T09:30Z, yesterday, 3 days ago or change 42

      """#),
    Case(
      "a misspelt unit", #"count where changed within 3 dyas"#,
      #"""
      error[E0121]: expected 'minutes', 'hours', 'days' or 'weeks', found 'dyas'
        s.pql:1:30
        1 | count where changed within 3 dyas
          |                              ^^^^ did you mean 'days'?

      """#),
    Case(
      "a space beside a dot", #"grant integrations .twilio to all"#,
      #"""
      error[E0128]: a space stands beside the dot of a permission's name
        s.pql:1:19
        1 | grant integrations .twilio to all
          |                   ^
        help: write it in one piece, as in agent_types.outbound or integrations.*

      """#),
    Case(
      "a space behind a dot", #"grant integrations. twilio to all"#,
      #"""
      error[E0128]: a space stands beside the dot of a permission's name
        s.pql:1:20
        1 | grant integrations. twilio to all
          |                    ^
        help: write it in one piece, as in agent_types.outbound or integrations.*

      """#),
    Case(
      "a permission that is not named", #"grant to all"#,
      #"""
      error[E0121]: expected a permission, found 'to'
        s.pql:1:7
        1 | grant to all
          |       ^^
        help: as in outbound, agent_types.outbound, integrations.*, "Knowledge Base", * or $starter

      """#),
    Case(
      "a modifier twice", #"grant outbound to all because "a" because "b""#,
      #"""
      error[E0123]: 'because' is given twice
        s.pql:1:35
        1 | grant outbound to all because "a" because "b"
          |                                   ^^^^^^^

      """#),
    Case(
      "an option twice", #"show subaccounts limit 3 limit 4"#,
      #"""
      error[E0123]: 'limit' is given twice
        s.pql:1:26
        1 | show subaccounts limit 3 limit 4
          |                          ^^^^^

      """#),
    Case(
      "a range the wrong way round", #"grant outbound to all expect 40..1"#,
      #"""
      error[E0127]: the range ends before it begins
        s.pql:1:30
        1 | grant outbound to all expect 40..1
          |                              ^^^^^
        help: write the smaller number first, as in 1..40

      """#),
    Case(
      "a limit with a fraction", #"show subaccounts limit 2.5"#,
      #"""
      error[E0121]: expected a whole number, found '2.5'
        s.pql:1:24
        1 | show subaccounts limit 2.5
          |                        ^^^

      """#),
    Case(
      "as of before the options", #"show subaccounts as of yesterday limit 3"#,
      #"""
      error[E0122]: unexpected 'limit'
        s.pql:1:34
        1 | show subaccounts as of yesterday limit 3
          |                                  ^^^^^
        help: a statement ends at ';' or at the end of its line

      """#),
    Case(
      "two statements on a line", #"print "x" show store"#,
      #"""
      error[E0122]: unexpected 'show'
        s.pql:1:11
        1 | print "x" show store
          |           ^^^^
        help: a statement ends at ';' or at the end of its line

      """#),
    Case(
      "a parenthesis that is not closed", #"count where (plan = "x" or plan = "y""#,
      #"""
      error[E0105]: the parenthesis that opens here is not closed
        s.pql:1:13
        1 | count where (plan = "x" or plan = "y"
          |             ^ opened here

      """#),
    Case(
      "a parenthesis that nobody opened", #"count where plan = "x")"#,
      #"""
      error[E0122]: unexpected ')'
        s.pql:1:23
        1 | count where plan = "x")
          |                       ^
        help: a statement ends at ';' or at the end of its line

      """#),
    Case(
      "a block that is not closed", #"if no subaccounts { grant outbound to all"#,
      #"""
      error[E0105]: the block that opens here is not closed
        s.pql:1:19
        1 | if no subaccounts { grant outbound to all
          |                   ^ opened here

      """#),
    Case(
      "a block that nobody opened",
      #"""
      grant outbound to all
      }
      """#,
      #"""
      error[E0122]: unexpected '}'
        s.pql:2:1
        2 | }
          | ^
        help: a statement ends at ';' or at the end of its line

      """#),
    Case(
      "mistakes in and around blocks",
      #"""
      if no subaccount having { grant x to all
      grant y too all } else { shw store }
      show subacounts
      """#,
      #"""
      error[E0121]: expected a permission, found '{'
        s.pql:1:25
        1 | if no subaccount having { grant x to all
          |                         ^
        help: as in outbound, agent_types.outbound, integrations.*, "Knowledge Base", * or $starter
      error[E0121]: expected 'to', found 'too'
        s.pql:2:9
        2 | grant y too all } else { shw store }
          |         ^^^ did you mean 'to'?
      error[E0120]: unknown statement 'shw'
        s.pql:2:26
        2 | grant y too all } else { shw store }
          |                          ^^^ did you mean 'show'?
      error[E0121]: expected what to show, found 'subacounts'
        s.pql:3:6
        3 | show subacounts
          |      ^^^^^^^^^^ did you mean 'subaccounts'?

      """#),
    Case(
      "what to show is not said", #"show"#,
      #"""
      error[E0121]: expected what to show, found the end of the script
        s.pql:1:5
        1 | show
          |     ^
        help: a name in quotes, or subaccounts, permissions, matrix, profiles, outliers, changes, differences, attributes, definitions, policies, store

      """#),
    Case(
      "a misspelt subject", #"show permisions"#,
      #"""
      error[E0121]: expected what to show, found 'permisions'
        s.pql:1:6
        1 | show permisions
          |      ^^^^^^^^^^ did you mean 'permissions'?

      """#),
    Case(
      "a misspelt subject of delete", #"delete "A""#,
      #"""
      error[E0121]: expected 'subaccounts', found '"A"'
        s.pql:1:8
        1 | delete "A"
          |        ^^^

      """#),
    Case(
      "a quantity that is none", #"assert few subaccounts"#,
      #"""
      error[E0121]: expected 'no', 'some', 'all', a number, 'at least' or 'at most', found 'few'
        s.pql:1:8
        1 | assert few subaccounts
          |        ^^^

      """#),
    Case(
      "a value list without parentheses", #"count where plan in "a", "b""#,
      #"""
      error[E0121]: expected '(', found '"a"'
        s.pql:1:21
        1 | count where plan in "a", "b"
          |                     ^^^

      """#),
    Case(
      "an attribute alone", #"count where plan"#,
      #"""
      error[E0121]: expected a comparison, found the end of the script
        s.pql:1:17
        1 | count where plan
          |                 ^
        help: as in plan = "pro", max_agents > 5, name ~ "Acme*", plan in ("a", "b"), plan is set

      """#),
    Case(
      "a condition that is missing", #"count where"#,
      #"""
      error[E0121]: expected a condition, found the end of the script
        s.pql:1:12
        1 | count where
          |            ^
        help: as in plan = "pro", having outbound, not lacking calls

      """#),
    Case(
      "define what", #"define starter as permissions chat"#,
      #"""
      error[E0121]: expected 'policy' or a saved name such as $starter, found 'starter'
        s.pql:1:8
        1 | define starter as permissions chat
          |        ^^^^^^^

      """#),
    Case(
      "a definition of nothing", #"define $starter as chat"#,
      #"""
      error[E0121]: expected 'permissions' or 'subaccounts', found 'chat'
        s.pql:1:20
        1 | define $starter as chat
          |                    ^^^^

      """#),
    Case(
      "a policy without no", #"define policy p as subaccounts having chat"#,
      #"""
      error[E0121]: expected 'no', found 'subaccounts'
        s.pql:1:20
        1 | define policy p as subaccounts having chat
          |                    ^^^^^^^^^^^

      """#),
    Case(
      "set on a line of its own",
      #"""
      create subaccount "A"
      set plan = "x"
      """#,
      #"""
      error[E0121]: expected 'for', found the end of the script
        s.pql:2:15
        2 | set plan = "x"
          |               ^
        help: whom it concerns is always spelled; 'all' means every subaccount

      """#),
    Case(
      "an export to nowhere", #"export all"#,
      #"""
      error[E0121]: expected 'to', found the end of the script
        s.pql:1:11
        1 | export all
          |           ^

      """#),
    Case(
      "a file format that is none", #"import "a.csv" as xml"#,
      #"""
      error[E0121]: expected 'csv', 'json' or 'jsonl', found 'xml'
        s.pql:1:19
        1 | import "a.csv" as xml
          |                   ^^^

      """#),
    Case(
      "unlimited misspelt", #"set max_agents = unlimitd for all"#,
      #"""
      error[E0125]: the text 'unlimitd' is not in quotes
        s.pql:1:18
        1 | set max_agents = unlimitd for all
          |                  ^^^^^^^^ did you mean 'unlimited'?

      """#),
    Case(
      "a new permission without its area", #"create permission zapier label "Z""#,
      #"""
      error[E0121]: expected the new permission's area and name, as in integrations.zapier, found 'zapier'
        s.pql:1:19
        1 | create permission zapier label "Z"
          |                   ^^^^^^

      """#),
    Case(
      "a mistake after wide characters", #"rename "漢字" too "x""#,
      #"""
      error[E0121]: expected 'to', found 'too'
        s.pql:1:13
        1 | rename "漢字" too "x"
          |               ^^^ did you mean 'to'?

      """#),
    Case(
      "a mistake after a tab", #"\#u{9}rename "A" too "x""#,
      #"""
      error[E0121]: expected 'to', found 'too'
        s.pql:1:13
        1 |     rename "A" too "x"
          |                ^^^ did you mean 'to'?

      """#),
  ]
}
