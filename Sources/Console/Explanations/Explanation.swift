package import Diagnostics

/// What a code means at length: `--explain E0201`.
///
/// A test holds this table equal to the codes that the rooms give.
package struct Explanation: Equatable, Sendable {
  /// Such as `E0201`.
  package let code: String
  package let title: String
  package let text: String

  init(_ code: String, _ title: String, _ text: String) {
    self.code = code
    self.title = title
    self.text = text
  }
}

extension Explanation {
  package static let all: [Explanation] =
    ofLanguage + ofNames + ofRunning + ofStore + ofFiles + ofUsage

  /// Finds a code in any case, with or without its letter where only one kind has the number.
  ///
  /// - Throws: where there is no such code.
  package static func named(_ code: Text) throws(UsageProblem) -> Explanation {
    let wanted = code.string.uppercased().filter { $0 != "[" && $0 != "]" }
    if let found = all.first(where: { $0.code == wanted }) { return found }
    let sameNumber = all.filter { $0.code.dropFirst() == wanted }
    if sameNumber.count == 1 { return sameNumber[0] }
    let nearest = Suggestion.nearest(to: Text(wanted), among: all.map { Text($0.code) })
    throw .unknownCode(code, nearest: nearest)
  }

  /// As it is printed: the code, what it is, and paragraphs that fit a narrow terminal.
  package var page: String {
    let kind = code.hasPrefix("E") ? "error" : code.hasPrefix("W") ? "warning" : "note"
    let bytes = HumanText.wrapped(Array(text.utf8), to: 78)
    return "\(kind)[\(code)]: \(title)\n\n\(String(decoding: bytes, as: UTF8.self))\n"
  }
}
