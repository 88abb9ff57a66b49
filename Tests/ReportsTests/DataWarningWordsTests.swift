import Datasets
import Reports
import Specs
import Testing
import Training

/// Warnings of data in words.
struct DataWarningWordsTests {
    @Test("Each warning is one line with what to do")
    func words() throws {
        let names = (0..<10).map(String.init)
        func text(_ warning: DataWarning) -> String { warning.text(names, .last) }
        #expect(
            [
                .sortedLabels(heldOut: [8, 9]), .emptyClasses([1, 3, 5, 7, 9], .test), .emptyClasses([3], .training),
                .emptyClasses([1, 3], .heldOut), .narrowRange(least: 0, greatest: 16), .seenImages(12, .test),
                .seenImages(1, .heldOut), .constantImages(1, first: 1_234, .train), .labelsFromOne,
                .contradictions(2), .unbalanced(most: 0, least: 9, times: 12.4),
            ].map(text) == [
                "labels are sorted: all rows held out are 8 or 9; split=stratified mixes them",
                "no test image is 1, 3, 5 or 2 more: its recall can't be known",
                "no row to train on is 3: where the file has some, try split=stratified",
                "no row held out is 1 or 3: try split=stratified",
                "values go from 0 to 16 of 255: scale=0..16 behind the path stretches them",
                "12 test images are trained on or held out, too: the test is too easy",
                "1 row is held out and trained on, too: the validation is too easy",
                "1 training image is of one value, the first is 1,234: is the file whole?",
                "no image of class 0: if labels begin at 1, name the classes in a file classes.txt beside these, "
                    + "or import them anew with --classes",
                "2 images stand under two labels, one of them wrong: look at the duplicates",
                "0 has 12 times the images of 9: classweight=balanced evens them",
            ])
    }

    @Test(
        "Rows held out that differ from the rest are told in the same words everywhere, with what helps",
        arguments: [
            (HoldingOut.last, "try split=stratified"), (.shuffled, "try split=stratified"),
            (.stratified, "try a greater val"),
        ])
    func heldOut(method: HoldingOut, advice: String) throws {
        // The only row of class 1 is held out, and with it half of the others.
        let split = Split(count: 4, validation: 0.5)
        let found = try #require(SplitDifference(split, labels: [0, 0, 0, 1], classes: 2))
        let words = "boot is 50 % of the rows held out, none of the others: \(advice)"
        #expect(found.text(["coat", "boot"], method) == words)
        #expect(DataWarning.otherClassesHeldOut(found).text(["coat", "boot"], method) == words)
        #expect(DataWarning.emptyClasses([1], .heldOut).text(["a", "b"], method) == "no row held out is b: \(advice)")
        #expect(
            DataWarning.emptyClasses([1], .training).text(["a", "b"], method)
                == "no row to train on is b: where the file has some, try "
                + (method == .stratified ? "a smaller val" : "split=stratified"))
    }
}
