import TerminalUI
import Training

extension DashboardState {
    /// Chooses and sorts anew from the present evaluation, staying on the digit at hand where it is still there.
    mutating func refreshDigits(keepingDigit: Bool = true) {
        guard let evaluation else {
            digits.rows = []
            digits.cursor = 0
            return
        }
        let atHand = digits.row
        let filter = digits.filter
        var rows: [Int32] = []
        for row in 0..<evaluation.count
        where filter.passes(truth: Int(evaluation.labels[row]), predicted: Int(evaluation.predictions[row])) {
            if filter.marked,
                !digits.marked.contains(MarkedDigit(source: evaluation.source, index: evaluation.firstRow + row))
            {
                continue
            }
            rows.append(Int32(row))
        }
        digits.rows = DigitsState.sorted(rows, by: digits.sort, evaluation)
        if let wanted = digits.wanted, evaluation.source == .test {
            digits.wanted = nil
            if let index = digits.rows.firstIndex(of: Int32(clamping: wanted - evaluation.firstRow)) {
                digits.cursor = index
                return
            }
        }
        if keepingDigit, let atHand, digits.cursor > 0, let index = digits.rows.firstIndex(of: Int32(atHand)) {
            digits.cursor = index
        } else {
            digits.cursor = keepingDigit ? clampDigit(digits.cursor) : 0
        }
    }

    func clampDigit(_ index: Int) -> Int { min(max(0, digits.rows.count - 1), max(0, index)) }

    mutating func setFilter(_ filter: DigitsFilter) {
        digits.filter = filter
        refreshDigits(keepingDigit: false)
    }

    /// Any class, then each in turn.
    mutating func filterTruth(by step: Int) {
        var filter = digits.filter
        filter.truth = nextClass(filter.truth, by: step)
        setFilter(filter)
    }

    mutating func filterPrediction(by step: Int) {
        var filter = digits.filter
        filter.predicted = nextClass(filter.predicted, by: step)
        setFilter(filter)
    }

    private func nextClass(_ label: Int?, by step: Int) -> Int? {
        let places = (evaluation?.classes ?? composer.spec.network.classes) + 1
        let next = ((label.map { $0 + 1 } ?? 0) + step + places) % places
        return next == 0 ? nil : next - 1
    }

    mutating func startFilter() {
        digits.filterBefore = digits.filter
        digits.typing = TextField(text: "")
        digits.refusal = nil
    }

    /// A live preview at every key; Esc brings the filter back that was there before.
    mutating func typedInFilter(_ key: Key) -> [Effect] {
        guard digits.typing != nil else { return [] }
        switch key {
        case .escape:
            digits.typing = nil
            setFilter(digits.filterBefore ?? DigitsFilter())
        case .enter:
            guard digits.refusal == nil else { return [] }
            digits.typing = nil
        default: editLine { _ = $0.handle(key) }
        }
        return []
    }

    /// The digits that pass so far.
    mutating func previewDigits() {
        guard let text = digits.typing?.text else { return }
        if text.isEmpty {
            digits.refusal = nil
            setFilter(digits.filterBefore ?? DigitsFilter())
        } else if let filter = DigitsFilter(parsing: text, classes: composer.spec.network.classes) {
            digits.refusal = nil
            setFilter(filter)
        } else {
            digits.refusal = "a filter is 4>9, 4>, >9, wrong, right, all or marked"
        }
    }

    /// The gallery on the screen.
    var digitsGallery: DigitsGallery {
        let body = ScreenLayout(self).body
        guard screen == .digits else {
            let layout = LabLayout(body, focus: focus, layers: composer.spec.network.hidden.count)
            return DigitsGallery(layout.areas[.wrong] ?? .zero)
        }
        return DigitsGallery(digitsLayout.gallery)
    }

    mutating func moveDigit(_ direction: Command.Direction) {
        let step =
            switch direction {
            case .left: -1
            case .right: 1
            case .up: display.plain ? -1 : -max(1, digitsGallery.columns)
            case .down: display.plain ? 1 : max(1, digitsGallery.columns)
            }
        let to = digits.cursor + step
        if abs(step) == 1 || (0..<digits.rows.count).contains(to) { digits.cursor = clampDigit(to) }
    }

    mutating func selectDigit(_ x: Int, _ y: Int, _ body: Rect) {
        let gallery = digitsGallery
        guard let index = gallery.index(x: x, y: y, cursor: digits.cursor), digits.rows.indices.contains(index) else {
            return
        }
        // A second click on a digit opens it.
        if digits.cursor == index { openDigit() } else { digits.cursor = index }
    }
}

extension DigitsState {
    /// Rows in the order asked for; ties by index. A value that is no number counts as the worst one.
    static func sorted(_ rows: [Int32], by sort: Sort, _ evaluation: Evaluation) -> [Int32] {
        let keys: [Float]
        switch sort {
        case .index: return rows
        case .loss: keys = rows.map { -evaluation.losses[Int($0)].orWorst(.infinity) }
        case .confidence:
            keys = rows.map { row in
                let place = Int(row) * evaluation.classes + Int(evaluation.predictions[Int(row)])
                return -evaluation.probabilities[place].orWorst(-.infinity)
            }
        case .mislabelled:
            // Sure of another class, and far from the label.
            keys = rows.map { row in
                let first = Int(row) * evaluation.classes
                let truth = first + Int(evaluation.labels[Int(row)])
                var surest: Float = 0
                for place in first..<(first + evaluation.classes) where place != truth {
                    surest = max(surest, evaluation.probabilities[place].orWorst(1))
                }
                return -(surest * evaluation.losses[Int(row)]).orWorst(.infinity)
            }
        case .margin: keys = rows.map { evaluation.margin(ofRow: Int($0)).orWorst(-.infinity) }
        }
        return rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { rows[$0] }
    }
}

extension Float {
    /// NaN is neither less nor greater than anything, and would leave an order undefined.
    fileprivate func orWorst(_ worst: Float) -> Float { isNaN ? worst : self }
}
