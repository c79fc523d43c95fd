extension MistakeCases {
  static let parts = [
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
      "how other languages sort", #"show subaccounts order by name"#,
      #"""
      error[E0122]: unexpected 'order'
        s.pql:1:18
        1 | show subaccounts order by name
          |                  ^^^^^
        help: write 'sort by', as in sort by name desc

      """#),
    Case(
      "how other languages count groups", #"count subaccounts group by plan"#,
      #"""
      error[E0122]: unexpected 'group'
        s.pql:1:19
        1 | count subaccounts group by plan
          |                   ^^^^^
        help: write 'by' alone, as in count by plan

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
