import Datasets
import Exports
import Foundation
import Reports
import Specs
import TestSupport
import Testing

@Suite struct HTMLReportTests {
    static func page(
        _ line: String = "4tanh+drop0.2-5relu epochs=2 batch=4 val=0.25", name: String = "digits",
        annotations: RunAnnotations = RunAnnotations(),
        hasHistory: Bool = true, names: [String]? = nil
    ) throws -> String {
        let run = try ModelSamples.run(line)
        let images = ModelSamples.images
        let dataset = Dataset(name: "small", train: images.train, test: images.test, classes: 3, classNames: names)
        return HTMLReport(
            name: name, annotations: annotations, spec: run.spec, report: hasHistory ? run.report : nil,
            test: run.test, dataset: dataset
        ).text
    }

    /// What stands between two texts, without them.
    static func part(_ page: String, from start: String, to end: String) throws -> String {
        let first = try #require(page.range(of: start)?.upperBound)
        let last = try #require(page.range(of: end, range: first..<page.endIndex)?.lowerBound)
        return String(page[first..<last])
    }

    @Test("Every element is closed in its turn, and no attribute breaks out of its quotation marks")
    func wellFormed() throws {
        for page in [
            try Self.page(), try Self.page(hasHistory: false), try Self.page("none epochs=1 val=0", name: "<\"&'>"),
        ] {
            try HTMLChecker.check(page)
        }
    }

    @Test("The checker finds what is wrong")
    func checker() {
        for bad in ["<p>", "</p>", "<p><b></p></b>", "<p a=b>x</p>", "<p a=\"b>x</p>", "<p>a < b</p>", "<p>&x</p>"] {
            #expect(throws: HTMLChecker.Fault.self, "\(bad)") { try HTMLChecker.check("<!DOCTYPE html>" + bad) }
        }
    }

    @Test("The page needs no network and no script")
    func selfContained() throws {
        let page = try Self.page()
        for word in [
            "http:", "https:", "<script", "<link", "url(", "@import", "srcset", "<iframe", "onload", "src=\"/",
        ] {
            #expect(!page.contains(word), "\(word)")
        }
        let pictures = page.components(separatedBy: "<img ").dropFirst()
        #expect(!pictures.isEmpty)
        for picture in pictures {
            #expect(picture.hasPrefix("src=\"data:image/png;base64,"))
            #expect(picture.contains("alt=\"Test image "))
        }
    }

    @Test("What people and data sets call things is text, never markup")
    func escaped() throws {
        let evil = "<script>alert(\"1\")</script>&'\u{1}"
        let safe = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;\u{FFFD}"
        var words = RunAnnotations()
        (words.note, words.tags) = (evil, [evil])
        let page = try Self.page(name: evil, annotations: words, names: [evil, "b\"c", "<i>"])
        try HTMLChecker.check(page)
        #expect(!page.contains("<script") && !page.contains("<i>") && !page.contains("b\"c"))
        #expect(page.contains("<h1>\(safe)</h1>") && page.contains("<p class=\"note\">\(safe)</p>"))
        #expect(page.contains("<title>\(safe): ") && page.contains("<li>\(safe)</li>"))
    }

    @Test("The matrices of a saved run's epochs stand in a row, the first ones densest, the last one always among them")
    func evolution() throws {
        #expect(!(try Self.page().contains("How it came to that")))
        var kept = RunAnnotations()
        kept.confusions = (0...40).map { .init(epoch: $0, counts: [[40 - $0, $0, 0], [0, 1, 0], [0, 0, 5]]) }
        let page = try Self.page(annotations: kept)
        try HTMLChecker.check(page)
        let part = try Self.part(page, from: "<ul class=\"evolution\">", to: "</ul>")
        let titles = part.components(separatedBy: "<p><b>").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(titles == ["untrained", "epoch 1", "epoch 3", "epoch 6", "epoch 16", "epoch 40"])
        #expect(part.contains("<b>epoch 40</b><br>40 errors, 86.96\u{A0}%"))
        #expect(part.contains("<rect class=\"right\" x=\"0\" y=\"0\" width=\"8\" height=\"8\" fill-opacity=\"1.00\"/>"))
    }

    @Test("A model without a history says so, and has the rest")
    func withoutHistory() throws {
        let page = try Self.page(hasHistory: false)
        #expect(
            page.contains("<p>Only weights and spec of this model were saved, not the history of its training.</p>"))
        #expect(!page.contains("<figure>") && page.contains("<table class=\"confusion\">"))
        #expect(try Self.page().components(separatedBy: "<figure>").count == 3)
    }

    @Test("The confusion matrix is the evaluation's, cell by cell")
    func confusion() throws {
        let run = try ModelSamples.run()
        let body = try Self.part(Self.page(), from: "<table class=\"confusion\">", to: "</table>")
        let rows = body.components(separatedBy: "<th scope=\"row\">").dropFirst().map { row in
            row.components(separatedBy: "<td").dropFirst().compactMap { cell in
                Int(cell.split(separator: ">")[1].prefix { $0.isNumber })
            }
        }
        #expect(rows == run.test.confusion)
        #expect(rows.flatMap { $0 }.reduce(0, +) == 8)
    }

    @Test("The command repeats the run, with what stood behind --data, but no folders")
    func repetition() throws {
        let command = try Self.part(Self.page(), from: "<pre><code>", to: "</code></pre>").replacing(
            /<\/?span>/, with: "")
        #expect(
            command == "trainspotter train 6-4tanh+drop0.2-5relu-3 adam lr=1e-3 batch=4 epochs=2 seed=1 val=0.25 "
                + "--data small")
        let line = try RunLine(parsing: "4tanh epochs=2 @1+3 lr=0.1 @2 epochs=3", inputs: 6, classes: 3)
        let text = "trainspotter train 6-4tanh-3 adam lr=1e-3 batch=32 epochs=2 seed=1 @1+3 lr=0.1 @2 epochs=3"
        #expect(RepeatCommand(line: line, place: "mnist").text == text)
        for (place, word) in [
            ("fashion-mnist", "fashion-mnist"), ("a.csv:label=last,size=8x8", "a.csv:label=last,size=8x8"),
            ("my own.csv", "'my own.csv'"), ("it's;", #"'it'\''s;'"#),
        ] {
            #expect(RepeatCommand(line: line, place: place).text == text + " --data \(word)")
        }
    }

    @Test("A number keeps its per cent sign, and a word of the spec is not parted behind a hyphen")
    func lines() throws {
        let page = try Self.page()
        #expect(!page.contains(/[0-9] %/) && page.contains(/[0-9]\u{A0}%/))
        #expect(page.contains("<code><span>6-4tanh+drop0.2-5relu-3</span> <span>adam</span> <span>lr=1e-3</span> "))
    }

    @Test("The table of the epochs has each of them")
    func epochs() throws {
        let run = try ModelSamples.run()
        let body = try Self.part(Self.page(), from: "Figures of each epoch.</caption>", to: "</table>")
        let first = try #require(run.report.epochs.first)
        let loss = String(format: "%.4f", try #require(first.loss))
        #expect(body.components(separatedBy: "<tr>").count == 1 + 1 + 2)
        #expect(body.contains("<tr><th scope=\"row\">1</th><td>\(loss)</td>"))
        #expect(body.contains("<td>0.001</td><td>0.25</td><td>0.50</td><td>0.75</td></tr>"))
        for title in ["gradient norm", "seconds", "wall seconds"] {
            #expect(body.contains(">\(title)</th>"), "\(title)")
        }
    }

    @Test("A run that kept no norms and no wall time has no columns of them")
    func earlierVersions() throws {
        let run = try ModelSamples.run()
        var report = run.report
        for index in report.epochs.indices {
            (report.epochs[index].gradientNorm, report.epochs[index].wallSeconds) = (nil, nil)
        }
        let images = ModelSamples.images
        let dataset = Dataset(name: "small", train: images.train, test: images.test, classes: 3)
        let page = HTMLReport(name: "digits", spec: run.spec, report: report, test: run.test, dataset: dataset).text
        try HTMLChecker.check(page)
        #expect(!page.contains("gradient norm") && !page.contains("wall seconds"))
        #expect(page.contains("<td>0.001</td><td>0.50</td></tr>"))
    }
}

/// Finds elements that are not closed in their turn, and characters that had to be escaped.
enum HTMLChecker {
    struct Fault: Error {
        let text: String
    }

    private static let void: Set<String> = ["meta", "img", "br"]

    static func check(_ page: String) throws {
        guard page.hasPrefix("<!DOCTYPE html>") else { throw Fault(text: "no doctype") }
        var open: [String] = []
        var rest = page.dropFirst("<!DOCTYPE html>".count)
        while let start = rest.firstIndex(of: "<") {
            // A style sheet is no HTML.
            if open.last != "style" { try check(text: rest[..<start]) }
            guard
                let tag = rest[start...].prefixMatch(
                    of: #/<(/?)([a-z0-9]+)((?: [a-z\-A-Z]+="[^"<]*")*)(/?)>/#)
            else { throw Fault(text: String(rest[start...].prefix(80))) }
            let name = String(tag.2)
            if tag.1 == "/" {
                guard open.popLast() == name else { throw Fault(text: "</\(name)> in \(open)") }
            } else if tag.4.isEmpty, !void.contains(name) {
                open.append(name)
            }
            rest = rest[tag.range.upperBound...]
        }
        try check(text: rest)
        guard open.isEmpty else { throw Fault(text: "open at the end: \(open)") }
    }

    private static func check(text: Substring) throws {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where part.prefixMatch(of: #/(amp|lt|gt|quot|#39);/#) == nil { throw Fault(text: "&\(part.prefix(20))") }
    }
}
