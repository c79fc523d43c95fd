/// An agency as dictionaries and sets: what the store must agree with, however it does it.
struct ModelAgency {
  struct Subaccount: Equatable {
    let id: String
    var name: String
    let created: Int64
    var permissions: Set<String> = []
    var attributes: [String: ModelValue] = [:]
    var isProtected = false
  }

  /// Those that exist, in order of creation.
  var subaccounts: [Subaccount] = []
  /// Canonical names, in the catalogue's order.
  var permissions: [ModelPermission]

  init(permissions: [ModelPermission]) {
    self.permissions = permissions
  }

  var alwaysEnabled: Set<String> { Set(permissions.filter(\.isAlways).map(\.canonical)) }

  func indices(of selection: ModelSelection) -> [Int] {
    subaccounts.indices.filter { selection.holds(for: subaccounts[$0], in: self) }
  }
}

struct ModelPermission: Hashable {
  let area: String
  let field: String
  let label: String
  let isAlways: Bool

  var canonical: String { "\(area).\(field)" }
}

enum ModelValue: Hashable {
  case text(String)
  /// Infinity is `unlimited`.
  case number(Double)
  case boolean(Bool)
  case time(Int64)

  /// As a statement spells it.
  var source: String {
    switch self {
    case .text(let text): quoted(text)
    case .number(.infinity): "unlimited"
    case .number(let number) where number == number.rounded(): String(Int(number))
    case .number(let number): String(number)
    case .boolean(let isTrue): String(isTrue)
    case .time(let milliseconds): dateSource(milliseconds)
    }
  }

  /// Scalar by scalar, since two spellings of the same letter are two texts.
  static func == (left: ModelValue, right: ModelValue) -> Bool {
    switch (left, right) {
    case (.text(let a), .text(let b)): a.unicodeScalars.elementsEqual(b.unicodeScalars)
    case (.number(let a), .number(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.time(let a), .time(let b)): a == b
    default: false
    }
  }

  static func < (left: ModelValue, right: ModelValue) -> Bool {
    switch (left, right) {
    case (.text(let a), .text(let b)):
      a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    case (.number(let a), .number(let b)): a < b
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.time(let a), .time(let b)): a < b
    default: false
    }
  }
}

func same(_ left: String, _ right: String) -> Bool {
  left.unicodeScalars.elementsEqual(right.unicodeScalars)
}

/// A text as a statement spells it.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A time to the minute, as a statement spells it.
func dateSource(_ milliseconds: Int64) -> String {
  let minutes = milliseconds / 60_000
  let (days, minute) = (minutes / 1440, minutes % 1440)
  // Civil date from days, for years after 1970 (Howard Hinnant's algorithm).
  let shifted = days + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
  return "\(year)-\(two(month))-\(two(day))T\(two(minute / 60)):\(two(minute % 60))Z"
}
