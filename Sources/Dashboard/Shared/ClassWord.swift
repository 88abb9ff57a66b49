/// A class as it is typed in a filter.
enum ClassWord {
    /// The class that a word means: a whole name first, then a number, then the one name that begins so. Small and great
    /// letters are the same where no name differs from another by them alone; blanks and signs can be left out.
    ///
    /// - Parameters:
    ///   - classes: how many there are.
    ///   - names: one a class, or none.
    /// - Returns: nil where it means no class, or several.
    static func label(_ word: String, classes: Int, names: [String]) -> Int? {
        if let exact = names.firstIndex(of: word) { return exact }
        let wanted = plain(word)
        let forms = names.map(plain)
        func only(_ isMeant: (String) -> Bool) -> Int? {
            let found = forms.indices.filter { isMeant(forms[$0]) }
            return found.count == 1 ? found[0] : nil
        }
        if !wanted.isEmpty, let whole = only({ $0 == wanted }) { return whole }
        if let number = Int(word) { return (0..<classes).contains(number) ? number : nil }
        return wanted.isEmpty ? nil : only { $0.hasPrefix(wanted) }
    }

    /// Letters and digits alone, as small letters: `ankleboot` is `ankle boot`.
    private static func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
