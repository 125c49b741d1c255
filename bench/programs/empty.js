console.log("வணக்கம்")
