-- Why a person says otherwise than derived is read by everybody, each in their language. What was said before was one
-- text for both.
ALTER TABLE "status_page" RENAME COLUMN "override_reason" TO "override_reason_en";
ALTER TABLE "status_page" ADD COLUMN "override_reason_fr" TEXT;
UPDATE "status_page" SET "override_reason_fr" = "override_reason_en";

ALTER TABLE "components" RENAME COLUMN "override_reason" TO "override_reason_en";
ALTER TABLE "components" ADD COLUMN "override_reason_fr" TEXT;
UPDATE "components" SET "override_reason_fr" = "override_reason_en";

ALTER TABLE "incidents" RENAME COLUMN "impact_reason" TO "impact_reason_en";
ALTER TABLE "incidents" ADD COLUMN "impact_reason_fr" TEXT;
UPDATE "incidents" SET "impact_reason_fr" = "impact_reason_en";
