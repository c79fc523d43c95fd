extension MistakeCases {
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
}
