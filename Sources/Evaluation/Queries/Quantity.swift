/// Numbers of things as people read them.
package enum Quantity {
  /// With commas, such as `1,234,567`.
  package static func grouped(_ number: Int) -> String {
    if (0..<1000).contains(number) { return String(number) }
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A part as people read it, such as `37%`; neither all nor nobody where it is neither.
  package static func percentage(_ part: Int, of whole: Int) -> String {
    percentage(whole == 0 ? 0 : Double(part) / Double(whole))
  }

  /// The same of a number from 0 to 1.
  package static func percentage(_ share: Double) -> String {
    if share > 0, share < 0.001 { return "<0.1%" }
    if share > 0.999, share < 1 { return ">99.9%" }
    let thousandths = Int((share * 1000).rounded())
    if thousandths % 10 == 0 || (100...900).contains(thousandths) {
      return "\(Int((share * 100).rounded()))%"
    }
    return "\(thousandths / 10).\(thousandths % 10)%"
  }

  /// With its noun, such as `1 subaccount` or `2,104 subaccounts`.
  package static func of(_ number: Int, _ noun: String) -> String {
    grouped(number) + " " + noun + (number == 1 ? "" : "s")
  }
}
