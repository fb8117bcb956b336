"""What invented founders and advisors write: ideas by sector in several languages, notes, topics of appointments."""

IDEAS = {
    "food": {
        "ar": "أريد فتح مطعم صغير للمأكولات السورية مع خدمة التوصيل.",
        "uk": "Хочу відкрити невелику пекарню з домашньою випічкою.",
        "kmr": "Ez dixwazim xwaringeheke biçûk vekim.",
        "fa": "می‌خواهم یک رستوران کوچک با غذای خانگی باز کنم.",
        "ti": "ንእሽቶ ቤት መግቢ ክኸፍት ይደሊ።",
        "de": "Ich möchte einen Imbiss mit Gerichten aus meiner Heimat eröffnen.",
    },
    "retail": {
        "ar": "متجر للمواد الغذائية والتوابل العربية.",
        "uk": "Магазин українських продуктів.",
        "de": "Ein kleiner Lebensmittelladen mit Obst, Gemüse und Gewürzen.",
    },
    "crafts": {
        "ar": "لدي خبرة طويلة في دهان البيوت وأريد العمل لحسابي.",
        "uk": "Шию одяг на замовлення і ремонтую його.",
        "kmr": "Ez terzî me û dixwazim karê xwe bikim.",
        "de": "Ich repariere Elektrogeräte und möchte eine Werkstatt eröffnen.",
    },
    "beauty": {
        "ar": "صالون حلاقة للرجال في وسط المدينة.",
        "uk": "Хочу відкрити студію манікюру.",
        "fa": "آرایشگاه زنانه.",
        "de": "Ein Friseursalon für Frauen und Kinder.",
    },
    "transport": {
        "ar": "أريد العمل في نقل الأثاث والبضائع.",
        "ti": "ናይ ምግዓዝ ስራሕ።",
        "de": "Umzüge und kleine Transporte in der Region.",
    },
    "cleaning": {
        "ar": "شركة تنظيف للمكاتب والبيوت.",
        "ti": "ናይ ምጽራይ ስራሕ ክጅምር ይደሊ።",
        "de": "Reinigung von Büros und Treppenhäusern.",
    },
    "care": {
        "ar": "رعاية الأطفال في بيتي.",
        "uk": "Догляд за літніми людьми вдома.",
        "de": "Betreuung älterer Menschen zu Hause.",
    },
    "it_media": {
        "ar": "تصميم مواقع إلكترونية للمحلات الصغيرة.",
        "fa": "طراحی وب‌سایت برای فروشگاه‌های کوچک.",
        "de": "Webseiten für kleine Läden.",
    },
    "translation": {"ar": "الترجمة بين العربية والألمانية.", "de": "Übersetzungen für Ämter und Ärzte."},
    "education": {"ar": "دروس خصوصية في الرياضيات.", "de": "Nachhilfe in Mathematik und Deutsch."},
    "art": {"ar": "تعليم العزف على العود.", "de": "Musikunterricht und Auftritte."},
    "other": {"ar": "لدي فكرة وأريد أن أتحدث عنها.", "de": "Ich habe mehrere Ideen und suche Rat."},
    "unsure": {"ar": "لم أقرر بعد.", "de": "Ich bin noch nicht sicher, was passt."},
}
NOTES = (
    "Telefonisch erreicht, Termin vereinbart.",
    "Erstgespräch geführt. Motivation hoch, Deutschkurs läuft noch bis zum Sommer.",
    "Businessplan besprochen, der Teil zu Kunden und Preisen fehlt noch.",
    "Liquiditätsplan gemeinsam ausgefüllt. Mietangebot liegt vor.",
    "Nicht erreicht, zweiter Versuch nächste Woche.",
    "Unterlagen zur Anerkennung sind eingereicht.",
    "Wünscht Gespräche am Vormittag, Kinder sind dann in der Kita.",
    "Fachkundige Stellungnahme ist beantragt.",
    "Hat den Workshop zum Businessplan besucht.",
    "Möchte zuerst nebenberuflich beginnen.",
)
TOPICS = ("Erstgespräch", "Businessplan", "Finanzplan", "Förderung", "Anmeldung", "Buchhaltung", "Unterlagen")
PAUSED = ("Wartet auf das Ergebnis des Deutschkurses.", "Elternzeit.", "Wartet auf die Anerkennung.")
PASSED_ON = "Umzug in einen anderen Kreis; an die dortige Stelle abgegeben."
