import Diagnostics
import Evaluation
import Interchange
import Language
import Permissions
import Storage

/// Any bytes are a file of subaccounts: it is read or refused without a trap, the same in one piece
/// and in many, and whatever a message says of it is harmless.
///
/// The first byte chooses the format. libFuzzer calls this; `sh Tests/Fuzz/run.sh` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let formats: [FileFormat?] = [nil, .csv, .json, .jsonl]
  let format = formats[Int(bytes.first ?? 0) % formats.count]
  let file = Array(bytes.dropFirst())
  let whole = outcome(file, format, piece: 1 << 20)
  let pieces = outcome(file, format, piece: 1 + Int(bytes.first ?? 0) / formats.count)
  precondition(whole == pieces, "pieces of any size are the same file")
  return 0
}

/// All that a file says, or what is wrong with it.
private func outcome(_ bytes: [UInt8], _ format: FileFormat?, piece: Int) -> [String] {
  do {
    let file = try ImportReading.read(
      MemorySource(bytes, piece: piece),
      ImportRequest(
        path: "fuzzed", format: format, catalog: .standard, attributes: AttributeDefinition.standard
      ))
    precondition(file.lines.count == file.rowCount)
    var result = file.notes.map(\.message) + file.lines.map { "\($0)" }
    for note in file.notes { checkHarmless(note.message) }
    for row in 0..<file.rowCount {
      result.append("\(file.ids?[row] ?? "-") \(file.names?[row] ?? "-")")
      result.append("\(file.created?[row] as AttributeValue?)")
      for column in file.attributes {
        result.append("\(column.definition.name) \(column.values[row] as AttributeValue?)")
      }
    }
    for column in file.permissions {
      precondition(column.on.intersection(column.off).isEmpty, "a cell is on or off")
      result.append(
        "\(column.permission.value) \(column.on.map(\.number)) \(column.off.map(\.number))")
    }
    return result
  } catch {
    let problem = FileProblem(file: "fuzzed", error)
    checkHarmless(problem.message)
    checkHarmless(problem.help ?? "")
    return [problem.code, problem.message]
  }
}

private func checkHarmless(_ message: String) {
  precondition(message.unicodeScalars.allSatisfy { !UTF8Text.isHarmful($0.value) })
}
