/// Commands and what they printed, as a `.expected` file keeps them.
///
/// ```
/// $ permql -s agency.permdb quotas.pql
/// what it wrote to standard output
/// [standard error]
/// what it wrote there: the mark and this part only where there is any
/// [exit 0]
/// ```
struct Transcript: Equatable {
  struct Entry: Equatable {
    let command: String
    let output: String
    let errors: String
    let status: Int32
  }

  let entries: [Entry]

  /// Only the commands of a transcript, in order: what follows each is what it should print.
  static func commands(in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
  }

  /// The text that a `.expected` file holds.
  var text: String {
    entries.map { entry in
      var part = "$ \(entry.command)\n" + Self.ended(entry.output)
      if !entry.errors.isEmpty {
        part += "[standard error]\n" + Self.ended(entry.errors)
      }
      return part + "[exit \(entry.status)]\n"
    }.joined(separator: "\n")
  }

  /// Says so where the last line is not ended: that would be a defect of the program.
  private static func ended(_ text: String) -> String {
    text.isEmpty || text.hasSuffix("\n") ? text : text + "\n[no end of line]\n"
  }
}

extension Workplace {
  /// Runs commands one after another here.
  func transcript(of commands: [String]) throws -> Transcript {
    Transcript(
      entries: try commands.map { command in
        let result = try run(command)
        return Transcript.Entry(
          command: command, output: result.outputText, errors: result.errorText,
          status: result.status)
      })
  }
}
