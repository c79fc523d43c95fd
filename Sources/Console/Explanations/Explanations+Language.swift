/// What scripts can have wrong before any name is looked up.
extension Explanation {
  static let ofLanguage: [Explanation] = [
    Explanation(
      "E0101", "the script is not UTF-8",
      """
      A script is read as UTF-8, and a byte at this place can't be part of any character. \
      Files saved as Latin-1 or Windows-1252 look like this wherever a letter has an accent. \
      Convert the file (iconv -f latin1 -t utf-8), or write the character as \\u{…} in a text.
      """),
    Explanation(
      "E0102", "a character that can't stand in a script",
      """
      Controls, bidi controls, zero-width characters and unusual spaces are refused outside \
      texts, because a script that looks like one thing would mean another. Inside a text \
      write them as \\u{…}.
      """),
    Explanation(
      "E0103", "a word holds a letter that only looks right",
      """
      Keywords and bare names are of ASCII letters, digits and '_'. The word holds another \
      character that a person can't tell apart, such as one of Cyrillic. Type the word anew, or \
      put a name that truly has such letters into backquotes.
      """),
    Explanation(
      "E0104", "a sign of another language",
      """
      The sign is not one of permql's. The message names the one that does the same here, such \
      as '=' for '==' and '!=' for '<>'.
      """),
    Explanation(
      "E0105", "something is opened and never closed",
      """
      A text and a name end on the line on which they begin; a block and a parenthesis may go \
      on for as long as they like, but must end. The message names the place where it was \
      opened, which is not always where it should end.
      """),
    Explanation(
      "E0106", "an unknown escape in a text",
      """
      In texts, \\" \\' \\\\ \\n \\t and \\u{1F600} stand for what can't be typed. A backslash \
      that is meant as itself is written twice: this is so in patterns and in Windows paths \
      too.
      """),
    Explanation(
      "E0107", "no such character",
      """
      \\u{…} takes the number of a Unicode scalar, in hexadecimal: up to 10FFFF, without the \
      surrogates D800 to DFFF.
      """),
    Explanation(
      "E0108", "not a number",
      """
      Numbers are written 500, 1_000, -3 or 2.5. What begins with a digit and is none of these \
      is refused rather than guessed at: put a text into quotes, and a name into backquotes.
      """),
    Explanation(
      "E0109", "a number out of range",
      """
      Whole numbers go to 9,007,199,254,740,992 either way: up to there every one of them is \
      exact. Longer digits, such as ids and telephone numbers, are texts: put them into \
      quotes.
      """),
    Explanation(
      "E0110", "not a date or a time",
      """
      Times are written 2026-11-01, 2026-11-01T09:30Z or 2026-11-01T09:30+02:00, and the day \
      must exist. Without a zone a time is UTC. There are also now, today, yesterday, 3 days \
      ago and change 42.
      """),
    Explanation(
      "E0111", "a name or an id is missing, or not formed like one",
      """
      An id follows '#', a variable's name follows '$'. A variable's name begins with a \
      letter; one that is all digits is an argument of the script. Names of another form go \
      into quotes or backquotes.
      """),
    Explanation(
      "E0112", "a name is too long",
      """
      Names and ids have at most 1,024 bytes.
      """),
    Explanation(
      "E0113", "a statement is too long",
      """
      A statement has at most 1 MiB. Where a long list of names is the reason, save it with \
      'define', import a file, or select by an attribute.
      """),
    Explanation(
      "E0114", "nested too deep",
      """
      Parentheses, 'not' and blocks stand at most 200 deep inside each other. Long chains of \
      'and' and 'or' need no parentheses and have no such limit.
      """),
    Explanation(
      "E0115", "a script is too long",
      """
      Places in a script are numbers of 32 bits, so it has at most 4 GiB.
      """),
    Explanation(
      "E0120", "an unknown statement",
      """
      A statement begins with one of the words that 'help' lists. Words of SQL and of other \
      tools are answered with the word that does the same here. What goes on from the line \
      before must begin with a word that can't begin a statement, such as 'to' or 'where'.
      """),
    Explanation(
      "E0121", "something else was expected",
      """
      At this place the statement can only go on with what the message names. 'help' and the \
      statement's first word show its whole form.
      """),
    Explanation(
      "E0122", "something is too much",
      """
      The statement was complete, and what follows is no part of it. A statement ends at ';' \
      or where its line does; a second one on the same line needs the ';'.
      """),
    Explanation(
      "E0123", "the same is said twice",
      """
      A part that can be there only once, such as 'limit' or 'because', is there a second \
      time. Keep the one that is meant.
      """),
    Explanation(
      "E0124", "a word of the language as a name",
      """
      The word means something in permql, so as the name of an attribute or a saved set it is \
      written in backquotes: `limit`.
      """),
    Explanation(
      "E0125", "a text without quotes",
      """
      A text stands in quotes, single or double. Without them a word is a name or a keyword, \
      and that would change what the statement means.
      """),
    Explanation(
      "E0126", "compared with null",
      """
      An attribute has a value or it is not set; there is no value that stands for 'not set', \
      so nothing equals it. Write 'is set' or 'is not set'.
      """),
    Explanation(
      "E0127", "a range that ends before it begins",
      """
      Write the smaller number first: expect 1..40.
      """),
    Explanation(
      "E0128", "a space beside a dot",
      """
      A permission's name is one piece: agent_types.outbound, integrations.*.
      """),
    Explanation(
      "E0129", "too many mistakes",
      """
      After so many mistakes the rest of the script was not read: it may not be a script at \
      all. Mend the first ones, and run it again.
      """),
    Explanation(
      "E0130", "'is' compares nothing",
      """
      'is' asks only whether an attribute is set. What it equals is asked by '='.
      """),
    Explanation(
      "E0131", "two attributes compared",
      """
      An attribute is compared with a value, never with another attribute. Where a word is \
      meant as a text, put it into quotes.
      """),
  ]
}
