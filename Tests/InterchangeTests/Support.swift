import Diagnostics
import Evaluation
import Interchange
import Language
import Permissions
import Storage

/// Reads a file that is given as text, in pieces of a chosen size.
func read(
  _ text: String, as format: FileFormat? = nil, path: Text = "agency", piece: Int = 1 << 20,
  attributes: [AttributeDefinition] = AttributeDefinition.standard
) throws(Misread) -> ImportedSubaccounts {
  try read(bytes: Array(text.utf8), as: format, path: path, piece: piece, attributes: attributes)
}

func read(
  bytes: [UInt8], as format: FileFormat? = nil, path: Text = "agency", piece: Int = 1 << 20,
  catalog: Catalog = .standard, attributes: [AttributeDefinition] = AttributeDefinition.standard
) throws(Misread) -> ImportedSubaccounts {
  try ImportReading.read(
    MemorySource(bytes, piece: piece),
    ImportRequest(path: path, format: format, catalog: catalog, attributes: attributes))
}

/// What is wrong with a file.
func misread(_ text: String, as format: FileFormat? = nil, piece: Int = 1 << 20) -> Misread? {
  misread(bytes: Array(text.utf8), as: format, piece: piece)
}

func misread(bytes: [UInt8], as format: FileFormat? = nil, piece: Int = 1 << 20) -> Misread? {
  do {
    _ = try read(bytes: bytes, as: format, piece: piece)
    return nil
  } catch {
    return error
  }
}

/// The message that a file gets, or `none`.
func message(_ text: String, as format: FileFormat? = nil) -> String {
  misread(text, as: format).map { FileProblem(file: "agency", $0).message } ?? "none"
}

extension ImportedSubaccounts {
  /// Everything that a row says, such as `id=1 name=A plan=pro +outbound -inbound`.
  func row(_ index: Int, _ catalog: Catalog = .standard) -> String {
    var parts: [String] = []
    if let ids { parts.append("id=\(ids[index])") }
    if let names { parts.append("name=\(names[index])") }
    if case .time(let time)? = created?[index] {
      parts.append("created=\(Moment(milliseconds: time)?.description ?? "?")")
    }
    for column in attributes {
      guard let value = column.values[index] else { continue }
      parts.append("\(column.definition.name)=\(ImportedSubaccounts.word(value))")
    }
    if let protection {
      if protection.on.contains(Row(UInt32(index))) { parts.append("+protected") }
      if protection.off.contains(Row(UInt32(index))) { parts.append("-protected") }
    }
    for column in permissions {
      let name = catalog[column.permission].canonicalName
      if column.on.contains(Row(UInt32(index))) { parts.append("+\(name)") }
      if column.off.contains(Row(UInt32(index))) { parts.append("-\(name)") }
    }
    return parts.joined(separator: " ")
  }

  func rows(_ catalog: Catalog = .standard) -> [String] {
    (0..<rowCount).map { row($0, catalog) }
  }

  /// Text in brackets, numbers and flags bare, times as they print.
  static func word(_ value: AttributeValue) -> String {
    switch value {
    case .text(let text): "[\(text)]"
    case .number(let number): number == .infinity ? "unlimited" : "\(number)"
    case .boolean(let flag): "\(flag)"
    case .time(let time): Moment(milliseconds: time)?.description ?? "?"
    }
  }
}

/// A seeded generator, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
