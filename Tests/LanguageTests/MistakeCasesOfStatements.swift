extension MistakeCases {
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
        help: name subaccounts in quotes, narrow with 'where', 'having', 'lacking' or 'except', or write 'all'

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
      "is a value", #"show subaccounts where plan is not "pro""#,
      #"""
      error[E0130]: 'is' asks whether an attribute is set, not what it equals
        s.pql:1:29
        1 | show subaccounts where plan is not "pro"
          |                             ^^^^^^ did you mean '!='?

      """#),
    Case(
      "attribute beside attribute", #"count where minutes_used > max_minutes"#,
      #"""
      error[E0131]: 'max_minutes' is not a value: attributes can't be compared with each other
        s.pql:1:28
        1 | count where minutes_used > max_minutes
          |                            ^^^^^^^^^^^
        help: compare with a value, as in > 500; a text goes into quotes: "max_minutes"

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
  ]
}
