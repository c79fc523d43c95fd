/// What files can have wrong, or worth a note.
extension Explanation {
  static let ofFiles: [Explanation] = [
    Explanation(
      "E0601", "a file can't be opened, read or written",
      """
      The message has the operating system's reason. Where it was to be written, what was \
      there before is still there. An exported file is put into its place after the commit: if \
      only that failed, the exit status is 5 and the changes stand.
      """),
    Explanation(
      "E0602", "no such file",
      """
      Nothing is at this path, or a directory is. Paths are taken from where permql was \
      started, not from where the script is.
      """),
    Explanation(
      "E0603", "another kind of file",
      """
      By its first bytes the file is UTF-16, gzip, a spreadsheet or the like. Save it as CSV \
      or JSON in UTF-8.
      """),
    Explanation(
      "E0604", "an empty file",
      """
      There is nothing in it, not even a header.
      """),
    Explanation(
      "E0605", "a script is too long",
      """
      A script has at most 256 MiB, and each of its lines at most 1 MiB. What is longer is \
      mostly not a script.
      """),
    Explanation(
      "E0606", "not UTF-8",
      """
      A byte of the file can't be part of any character. Save it as UTF-8: spreadsheets offer \
      it as 'CSV UTF-8'.
      """),
    Explanation(
      "E0607", "a NUL byte",
      """
      Texts hold no NUL. The file is binary, or UTF-16 without its mark.
      """),
    Explanation(
      "E0608", "a quote in a wrong place",
      """
      In CSV a cell that holds a quote, a comma or a line end is in quotes itself, and a quote \
      inside it is written twice. Nothing stands before the first quote, nor after the last one. \
      A quote in the middle of a cell such as 5" pipe is a character like others.
      """),
    Explanation(
      "E0609", "a quote is never closed",
      """
      The quoted cell goes on to the end of the file, or for more than 1 MiB. The message \
      names the line on which it begins: a quote is missing there.
      """),
    Explanation(
      "E0610", "a cell or a header is too large",
      """
      A cell has at most 1 MiB and a header at most 10,000 columns.
      """),
    Explanation(
      "E0611", "too many or too few cells",
      """
      Every row has as many cells as the header. A comma inside a text without quotes makes \
      one more.
      """),
    Explanation(
      "E0612", "parted by semicolons",
      """
      Spreadsheets of some countries write semicolons for commas. Save the file with commas.
      """),
    Explanation(
      "E0613", "not JSON",
      """
      The text does not follow the rules of JSON at this place. The message says what was \
      expected.
      """),
    Explanation(
      "E0614", "a text is not closed, or too long",
      """
      A text of JSON ends with the quote that opens it, and has at most 1 MiB.
      """),
    Explanation(
      "E0615", "a text that JSON does not allow",
      """
      Control characters are escaped in JSON, escapes are those of the standard, and \
      surrogates come in pairs.
      """),
    Explanation(
      "E0616", "not a number of JSON",
      """
      Numbers are written as the standard has them, and must be in range: 1e400 is not.
      """),
    Explanation(
      "E0617", "nested too deep, or too wide",
      """
      Values stand at most 200 deep inside each other, and an object has at most 10,000 keys.
      """),
    Explanation(
      "E0618", "not a file for spreadsheets",
      """
      'spreadsheet safe' changes texts that a spreadsheet would run as formulas, which it does \
      only with a CSV file. In JSON every text stays as it is.
      """),
    Explanation(
      "E0621", "a column without a name",
      """
      Every column of the header has a name: it says what the cells are.
      """),
    Explanation(
      "E0622", "the same column twice",
      """
      Two columns, or two keys of an object, have the same name. Which of them is right can't \
      be known.
      """),
    Explanation(
      "E0623", "an unknown permission in a file",
      """
      A column with a dot in its name, or a key under 'permissions', is a permission, and the \
      catalogue has none of this name. 'create permission' adds it.
      """),
    Explanation(
      "E0624", "an ambiguous permission in a file",
      """
      The name is a field of several areas. Write it with its area.
      """),
    Explanation(
      "E0625", "not a list of subaccounts",
      """
      A file of subaccounts has a column 'id' or 'name'; JSON is an array of objects, one \
      object a line, or the answer of the Subaccounts API's list call.
      """),
    Explanation(
      "E0631", "a cell that does not fit",
      """
      The value can't be what its column holds. Permissions take true and false, 1 and 0, yes \
      and no, on and off; times are ISO 8601.
      """),
    Explanation(
      "E0632", "an object where a value should be",
      """
      An attribute is a text, a number, true or false, or a time.
      """),
    Explanation(
      "E0633", "a name or an id is too long",
      """
      Names and ids have at most 1,024 bytes.
      """),
    Explanation(
      "E0650", "no translation into SQL",
      """
      --sql prints what does the same on a relational copy of the agency. That copy holds the \
      agency as it is: no history, no files, nothing that decides as it runs what is to be run.
      """),
    Explanation(
      "N0601", "a column becomes an attribute",
      """
      The file has a column that the store does not know. It becomes an attribute, typed by \
      all its values.
      """),
    Explanation(
      "N0602", "a column is ignored",
      """
      The column has no values, or is something that the store keeps itself.
      """),
    Explanation(
      "N0603", "secrets are dropped",
      """
      API keys, sign-in links and tokens are never stored, printed or logged.
      """),
    Explanation(
      "N0604", "fields are dropped",
      """
      The Subaccounts API answers with more than a store keeps.
      """),
    Explanation(
      "N0605", "times read from ids",
      """
      The file does not say when the subaccounts were created, so the milliseconds at the \
      beginning of their ids are taken.
      """),
    Explanation(
      "N0606", "what the API can't change",
      """
      Some permissions have no field in the Subaccounts API. The lines with a 'note' at the end of \
      the file of requests say what is to be done in the dashboard.
      """),
    Explanation(
      "W0601", "a text that a spreadsheet would run",
      """
      Cells that begin with '=', '+', '-' or '@' are formulas to a spreadsheet. They are \
      exported unchanged; 'spreadsheet safe' at the end of the statement takes the edge off.
      """),
  ]
}
