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

  static let all = characters + numbers + statements + parts

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
}
