package enum Printer {
  package static func text(of list: PermissionList) -> String { "\(list)" }
  package static func text(of selection: Selection) -> String { "\(selection)" }
}
