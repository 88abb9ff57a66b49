/// Numbers in other notations: `0,001` with a decimal comma, `60,000` with separated thousands.
///
/// They are not accepted, as a comma separates the values of a list; the error message names the right form.
enum DecimalComma {
    /// `0,001` as `0.001`; nil where the comma is not what is wrong.
    static func mended(_ text: String) -> String? {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].first?.isASCIIDigit == true else { return nil }
        let point = halves.joined(separator: ".")
        guard point.allSatisfy({ $0.isASCIIDigit || "+-.eE".contains($0) }), Double(point) != nil else { return nil }
        return point
    }

    /// `60,000` and `60_000` as `60000`; nil for what is no such number.
    static func ungrouped(_ text: String) -> String? {
        let groups = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "_" }
        guard groups.count > 1, groups.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let first = groups.first, (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return groups.joined()
    }

    /// Layers with points for the commas in their numbers: `200tanh+drop0,2` as `200tanh+drop0.2`. nil where there is none.
    static func mended(layers word: String) -> String? {
        let parts = word.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.count <= 64 else { return nil }
        var mended = String(parts[0])
        var hasPoint = false
        for part in parts.dropFirst() {
            let isNumber = part.first?.isASCIIDigit == true && endsInArgument(mended)
            hasPoint = hasPoint || isNumber
            mended += (isNumber ? "." : ",") + part
        }
        return hasPoint && !mended.contains(",") ? mended : nil
    }

    /// Whether a text ends in a whole number behind `drop`, `noise` or a colon.
    private static func endsInArgument(_ text: String) -> Bool {
        let digits = text.reversed().prefix(while: \.isASCIIDigit).count
        let head = text.dropLast(digits).lowercased()
        return digits > 0 && ["drop", "dropout", "noise", ":"].contains { head.hasSuffix($0) }
    }
}
